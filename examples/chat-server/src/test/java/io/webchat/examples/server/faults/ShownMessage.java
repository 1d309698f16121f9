package io.webchat.examples.server.faults;

import java.util.TreeMap;
import org.json.JSONArray;
import org.json.JSONObject;

/** A message as a device shows it, which applies changes as docs/messages.md tells a client to. */
final class ShownMessage {
    private record Given(long at, boolean removed) {}

    private final TreeMap<String, Given> reactions = new TreeMap<>();
    private String text = "";
    private long editedAt;
    private boolean deleted;

    void onMessage(JSONObject event) {
        if (event.has("DeletedAt")) {
            deleted = true;
        } else if (editedAt == 0) {
            text = event.getString("Text");
        }
    }

    /** Applies an edit, a deletion or a reaction; returns it in words. */
    String onChange(JSONObject event) {
        long at = loggedAt(event);
        switch (event.getString("EvtType")) {
            case "edit" -> {
                if (at >= editedAt) {
                    text = event.getString("Text");
                    editedAt = at;
                }
            }
            case "react" ->
                reactions.merge(
                        event.getString("From") + " " + event.getString("Reaction"),
                        new Given(at, event.optBoolean("Remove")),
                        (there, next) -> next.at() >= there.at() ? next : there);
            default -> deleted = true;
        }
        return inWords(event);
    }

    static long loggedAt(JSONObject event) {
        return event.optLong("LoggedAt", event.optLong("StoredAt"));
    }

    static String inWords(JSONObject event) {
        return switch (event.getString("EvtType")) {
            case "edit" -> "edit " + event.getString("Text");
            case "react" -> (event.optBoolean("Remove") ? "unreact " : "react ") + event.getString("Reaction");
            default -> "delete";
        };
    }

    /** The state in words. */
    String state() {
        StringBuilder given = new StringBuilder();
        reactions.forEach((reaction, each) -> {
            if (!each.removed()) {
                given.append(" + ").append(reaction);
            }
        });
        return deleted ? "(deleted)" : text + given;
    }

    /** The state of a message in the history, in the same words. */
    static String stateOf(JSONObject logged) {
        ShownMessage message = new ShownMessage();
        message.text = logged.getString("text");
        message.deleted = logged.has("deletedAt");
        JSONArray reactions = logged.optJSONArray("reactions");
        for (int i = 0; reactions != null && i < reactions.length(); i++) {
            JSONObject kind = reactions.getJSONObject(i);
            for (Object user : kind.getJSONArray("users")) {
                message.reactions.put(user + " " + kind.getString("reaction"), new Given(0, false));
            }
        }
        return message.state();
    }
}
