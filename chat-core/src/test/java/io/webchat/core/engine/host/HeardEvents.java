package io.webchat.core.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ChatListener;
import io.webchat.core.CloseReason;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomChange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that notes each event as one line. */
final class HeardEvents implements ChatListener {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void onMessage(ChatEvent.Message message, long storedAt) {
        assertThat(storedAt).isPositive();
        String type = message.content().type();
        lines.add(message.content().isSystem() ? type + " " + message.from() : "message " + message.id());
    }

    @Override
    public void onAmendment(Amendment amendment, long storedAt) {
        assertThat(storedAt).isPositive();
        lines.add(amendment.kind().wire() + " " + amendment.id());
    }

    @Override
    public void onReceipt(ChatEvent.Receipt receipt, long storedAt) {
        lines.add(receipt.kind().wire() + " " + receipt.id() + " " + receipt.from());
    }

    @Override
    public void onRoomChange(RoomChange change) {
        lines.add(change.kind() + " " + change.user() + " " + change.by() + " " + change.name());
    }

    @Override
    public void onConnect(UserId user, DeviceId device) {
        lines.add("connect " + user + " " + device);
    }

    @Override
    public void onDisconnect(UserId user, DeviceId device, CloseReason reason) {
        lines.add("disconnect " + user + " " + device + " " + reason);
    }

    /** Returns the lines so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Returns the lines so far that begin with this word. */
    List<String> lines(String word) {
        return lines.stream().filter(each -> each.startsWith(word)).toList();
    }

    /** Waits until exactly these lines were noted, in this order. */
    void awaitLines(String... expected) {
        await().untilAsserted(() -> assertThat(lines()).containsExactly(expected));
    }
}
