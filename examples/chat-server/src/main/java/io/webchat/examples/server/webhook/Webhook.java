package io.webchat.examples.server.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.webchat.core.ChatListener;
import io.webchat.core.CloseReason;
import io.webchat.core.OfflineListener;
import io.webchat.core.OfflineMessage;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomChange;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Posts what happens in the chat to another application. */
public final class Webhook implements ChatListener, OfflineListener {
    private final ScheduledExecutorService threads;
    private final WebhookSender sender;

    /**
     * A webhook.
     *
     * @param url the receiver
     * @param secret the key of the signatures
     * @param registry takes its figures
     */
    public Webhook(URI url, byte[] secret, MeterRegistry registry) {
        threads = Executors.newScheduledThreadPool(2, task -> {
            Thread thread = new Thread(task, "webhook");
            thread.setDaemon(true);
            return thread;
        });
        HttpTransport transport = new HttpTransport(url, new WebhookSignature(secret), Clock.systemUTC(), threads);
        sender = new WebhookSender(transport, this::runLater, System::nanoTime, new WebhookMetrics(registry));
    }

    private void runLater(Duration delay, Runnable task) {
        if (!threads.isShutdown()) {
            var unused = threads.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void onMessage(ChatEvent.Message message, long storedAt) {
        sender.send(message.conversation().value(), WebhookBody.event(message, storedAt));
    }

    @Override
    public void onAmendment(Amendment amendment, long storedAt) {
        sender.send(amendment.conversation().value(), WebhookBody.event(amendment, storedAt));
    }

    @Override
    public void onReceipt(ChatEvent.Receipt receipt, long storedAt) {
        sender.send(receipt.conversation().value(), WebhookBody.event(receipt, storedAt));
    }

    @Override
    public void onRoomChange(RoomChange change) {
        sender.send("~" + change.room().value(), WebhookBody.room(change));
    }

    @Override
    public void onConnect(UserId user, DeviceId device) {
        sender.send(user.value(), WebhookBody.connect(user, device));
    }

    @Override
    public void onDisconnect(UserId user, DeviceId device, CloseReason reason) {
        sender.send(user.value(), WebhookBody.disconnect(user, device, reason));
    }

    @Override
    public void onOffline(OfflineMessage message) {
        sender.send(message.user().value(), WebhookBody.offline(message));
    }

    /** Delivers what waits as long as the grace, and gives up the rest. */
    public void close(Duration grace) {
        sender.close(grace);
        threads.shutdownNow();
    }
}
