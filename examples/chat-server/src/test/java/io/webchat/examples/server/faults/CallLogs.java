package io.webchat.examples.server.faults;

import io.webchat.examples.server.Nodes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;

/** Reads the call log as clients do. */
final class CallLogs {
    private static final int PAGE = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Nodes nodes;

    CallLogs(Nodes nodes) {
        this.nodes = nodes;
    }

    /** The id of the conversation of these two. */
    static String conversation(String one, String other) {
        return one.compareTo(other) < 0 ? one + "~" + other : other + "~" + one;
    }

    /** All messages that this reader has from this author, the oldest first. */
    List<JSONObject> read(String reader, String author) throws IOException, InterruptedException {
        String conversation = conversation(reader, author);
        List<JSONObject> found = new ArrayList<>();
        String before = "";
        while (true) {
            JSONObject page = page(reader, conversation, before);
            JSONArray items = page.getJSONArray("items");
            for (int i = 0; i < items.length(); i++) {
                found.add(items.getJSONObject(i));
            }
            if (page.isNull("nextCursor")) {
                // The newest came first.
                Collections.reverse(found);
                return found;
            }
            before = "&before=" + URLEncoder.encode(page.getString("nextCursor"), StandardCharsets.UTF_8);
        }
    }

    private JSONObject page(String reader, String conversation, String before)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(nodes.url(0) + "/v1/call-logs/" + conversation + "/messages?limit=" + PAGE + before))
                .header("Authorization", "Bearer " + nodes.token(reader))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("GET " + request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return new JSONObject(answer.body());
    }
}
