package io.webchat.examples.server.browser;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers for the server what would take minutes to write: a long list of conversations, and a long one of messages.
 */
final class LongHistory {
    private static final long BEGINNING = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    /** Each message whose number is a multiple of this has a needle. */
    static final int EVERY = 1_000;

    private final ObjectMapper json = new ObjectMapper();
    private final String me;
    private final String peer;
    private final int messages;
    private final int conversations;
    private int left = Integer.MAX_VALUE;

    LongHistory(String me, String peer, int messages, int conversations) {
        this.me = me;
        this.peer = peer;
        this.messages = messages;
        this.conversations = conversations;
    }

    /** The text of a message; each thousandth has a needle. */
    static String text(int number) {
        return (number % EVERY == 0 ? "needle " : "lorem ipsum ") + number;
    }

    /** The name of the person of a conversation. */
    static String name(int number) {
        return number == 1 ? "bob" : "Person %04d".formatted(number);
    }

    void serve(Page page) {
        page.route("**/v1/call-logs?*", this::list);
        page.route("**/v1/call-logs/*/messages?*", this::page);
        page.route("**/v1/profiles/person-*", this::profile);
    }

    /** Leaves requests for pages without an answer after so many more. */
    void stopAfter(int pages) {
        left = pages;
    }

    private void list(Route route) {
        Map<String, String> query = query(route);
        int from = Integer.parseInt(query.getOrDefault("cursor", "1"));
        int to = Math.min(conversations, from + Integer.parseInt(query.getOrDefault("limit", "50")) - 1);
        ArrayNode items = json.createArrayNode();
        for (int number = from; number <= to; number++) {
            String other = number == 1 ? peer : "person-%04d".formatted(number);
            ObjectNode item = items.addObject().put("peer", other).put("unread", 0);
            item.set("lastMessage", message(messages + conversations - number, other));
        }
        answer(route, items, to < conversations ? Integer.toString(to + 1) : null);
    }

    private void page(Route route) {
        if (left-- <= 0) {
            return;
        }
        Map<String, String> query = query(route);
        int newest = query.containsKey("before") ? Integer.parseInt(query.get("before")) - 1 : messages;
        int oldest = Math.max(1, newest - Integer.parseInt(query.getOrDefault("limit", "50")) + 1);
        ArrayNode items = json.createArrayNode();
        for (int number = newest; number >= oldest && !query.containsKey("after"); number--) {
            items.add(message(number, number % 2 == 0 ? peer : me));
        }
        answer(route, items, oldest > 1 && !query.containsKey("after") ? Integer.toString(oldest) : null);
    }

    private ObjectNode message(int number, String from) {
        return json.createObjectNode()
                .put("msgId", "m" + number)
                .put("from", from)
                .put("to", from.equals(me) ? peer : me)
                .put("text", text(number))
                .put(
                        "storedAt",
                        Instant.ofEpochMilli(BEGINNING + number * 60_000L).toString())
                .put("status", "displayed")
                .put("cursor", Integer.toString(number));
    }

    private void profile(Route route) {
        String user = route.request().url().replaceFirst(".*/", "");
        int number = Integer.parseInt(user.substring("person-".length()));
        ObjectNode profile = json.createObjectNode().put("userId", user).put("name", name(number));
        profile.putObject("attributes");
        fulfil(route, profile.toString());
    }

    private void answer(Route route, ArrayNode items, @Nullable String cursor) {
        ObjectNode page = json.createObjectNode();
        page.set("items", items);
        fulfil(route, page.put("nextCursor", cursor).toString());
    }

    private static void fulfil(Route route, String body) {
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(body));
    }

    private static Map<String, String> query(Route route) {
        String query = URI.create(route.request().url()).getRawQuery();
        return Arrays.stream(query.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
