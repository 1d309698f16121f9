package io.webchat.core.engine;

import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.calllog.CallLogs;
import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.Page;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.TestClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The room {@code den}, which alice owns, and its history. */
public final class TestRoom {
    /** Its id. */
    public static final RoomId ID = RoomId.of("den");
    /** Its conversation. */
    public static final ConversationId TALK = ConversationId.room(ID);

    private TestRoom() {}

    /** Creates it with alice and these members. */
    public static void create(Chat node, String... members) {
        List<UserId> all = Arrays.stream(members).map(UserId::of).toList();
        join(node.rooms().create(UserId.of("alice"), ID, "the den", false, all));
    }

    /** Returns all its messages as this member sees them, newest first. */
    public static List<LoggedMessage> history(Chat node, String member) {
        List<LoggedMessage> all = new ArrayList<>();
        String cursor = "";
        do {
            Page<LoggedMessage> page =
                    join(node.callLogs().messages(UserId.of(member), TALK, CallLogs.MAX_LIMIT, cursor));
            all.addAll(page.items());
            cursor = page.next().orElse("");
        } while (!cursor.isEmpty());
        return all;
    }

    /** Returns the ids of its messages as this member sees them, newest first, besides those about the room. */
    public static List<String> ids(Chat node, String member) {
        return history(node, member).stream()
                .filter(each -> !each.message().content().isSystem())
                .map(each -> each.message().id().value())
                .toList();
    }

    /** Waits until exactly these messages have reached the member, in this order, besides those about the room. */
    public static void awaitMessages(TestClient member, String... ids) {
        await().untilAsserted(() -> assertThat(member.received().stream()
                        .map(Envelope::event)
                        .filter(ChatEvent.Message.class::isInstance)
                        .map(ChatEvent.Message.class::cast)
                        .filter(each -> !each.content().isSystem())
                        .map(each -> each.id().value()))
                .containsExactly(ids));
    }

    /** Returns its entry in the member's list of conversations. */
    public static ConversationEntry entry(Chat node, String member) {
        return join(node.callLogs().conversations(UserId.of(member), 200, "")).items().stream()
                .filter(each -> each.id().equals(TALK))
                .findFirst()
                .orElseThrow();
    }
}
