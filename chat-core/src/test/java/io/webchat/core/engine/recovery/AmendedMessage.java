package io.webchat.core.engine.recovery;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.Amendment;
import io.webchat.core.ids.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One message as a device shows it, which applies changes as docs/messages.md tells a client to. */
final class AmendedMessage {
    /**
     * What the person sees.
     *
     * @param text the content; {@code (deleted)} after a deletion
     * @param reactions each user and kind
     */
    record Seen(String text, Set<String> reactions) {}

    private record Given(long at, boolean removed) {}

    private final Map<String, Given> reactions = new HashMap<>();
    private String text = "";
    private long editedAt;
    private boolean deleted;

    /** The message as history has it. */
    static AmendedMessage of(LoggedMessage logged) {
        AmendedMessage message = new AmendedMessage();
        message.text = logged.message().text();
        message.editedAt = logged.editedAt();
        message.deleted = logged.message().deletion() != null;
        logged.reactions()
                .forEach(each -> each.users()
                        .forEach(user -> message.reactions.put(user + " " + each.reaction(), new Given(0, false))));
        return message;
    }

    void onText(String content) {
        if (!deleted && editedAt == 0) {
            text = content;
        }
    }

    void onDeleted() {
        deleted = true;
    }

    void apply(Amendment amendment, long at) {
        if (amendment.change() instanceof Amendment.Edit edit) {
            if (at >= editedAt) {
                text = edit.content().text();
                editedAt = at;
            }
        } else if (amendment.change() instanceof Amendment.React react) {
            onReaction(amendment.from(), react, at);
        } else {
            deleted = true;
        }
    }

    private void onReaction(UserId user, Amendment.React react, long at) {
        reactions.merge(
                user + " " + react.reaction(),
                new Given(at, react.remove()),
                (there, next) -> next.at() >= there.at() ? next : there);
    }

    Seen seen() {
        if (deleted) {
            return new Seen("(deleted)", Set.of());
        }
        return new Seen(
                text,
                reactions.entrySet().stream()
                        .filter(each -> !each.getValue().removed())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
