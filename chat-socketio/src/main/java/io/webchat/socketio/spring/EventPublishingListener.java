package io.webchat.socketio.spring;

import io.webchat.core.ChatListener;
import io.webchat.core.CloseReason;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomChange;
import io.webchat.socketio.spring.ChatApplicationEvent.Connected;
import io.webchat.socketio.spring.ChatApplicationEvent.Disconnected;
import io.webchat.socketio.spring.ChatApplicationEvent.MessageAmended;
import io.webchat.socketio.spring.ChatApplicationEvent.MessageStored;
import io.webchat.socketio.spring.ChatApplicationEvent.ReceiptStored;
import io.webchat.socketio.spring.ChatApplicationEvent.RoomChanged;
import java.time.Instant;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes each event of the chat to the application. */
final class EventPublishingListener implements ChatListener {
    private final ApplicationEventPublisher application;

    EventPublishingListener(ApplicationEventPublisher application) {
        this.application = application;
    }

    @Override
    public void onMessage(ChatEvent.Message message, long storedAt) {
        application.publishEvent(new MessageStored(message, Instant.ofEpochMilli(storedAt)));
    }

    @Override
    public void onAmendment(Amendment amendment, long storedAt) {
        application.publishEvent(new MessageAmended(amendment, Instant.ofEpochMilli(storedAt)));
    }

    @Override
    public void onReceipt(ChatEvent.Receipt receipt, long storedAt) {
        application.publishEvent(new ReceiptStored(receipt, Instant.ofEpochMilli(storedAt)));
    }

    @Override
    public void onRoomChange(RoomChange change) {
        application.publishEvent(new RoomChanged(change));
    }

    @Override
    public void onConnect(UserId user, DeviceId device) {
        application.publishEvent(new Connected(user, device));
    }

    @Override
    public void onDisconnect(UserId user, DeviceId device, CloseReason reason) {
        application.publishEvent(new Disconnected(user, device, reason));
    }
}
