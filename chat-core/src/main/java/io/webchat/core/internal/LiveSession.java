package io.webchat.core.internal;

import io.webchat.core.internal.delivery.Confirmations;
import io.webchat.core.internal.delivery.Delivery;
import io.webchat.core.internal.delivery.DeliveryContext;
import io.webchat.core.internal.delivery.DeliveryWindow;
import io.webchat.core.internal.delivery.Outlet;
import io.webchat.core.internal.delivery.ReceiptRetries;
import io.webchat.core.spi.queue.AttachedDevice;

/**
 * The parts of a session that exist as soon as the device's cursor is known.
 *
 * @param attached the device in its queue
 * @param delivery emits the events of the queue
 * @param confirmations handles what the client confirms
 * @param window the events that are emitted and not confirmed
 */
record LiveSession(AttachedDevice attached, Delivery delivery, Confirmations confirmations, DeliveryWindow window) {
    static LiveSession of(ChatEngine engine, DeviceSession session, AttachedDevice attached, Outlet outlet) {
        DeliveryContext context = new DeliveryContext(
                session.user(),
                session.device(),
                session.features(),
                engine.config(),
                engine.observer(),
                engine.backends(),
                session.cursor(),
                engine.backoff(),
                session.tasks());
        DeliveryWindow window = new DeliveryWindow(engine.config().window());
        Delivery delivery = new Delivery(context, window, outlet);
        ReceiptRetries retries = new ReceiptRetries(System::nanoTime);
        Confirmations confirmations =
                new Confirmations(context, window, engine.pipeline(), engine.permissions(), delivery, retries);
        return new LiveSession(attached, delivery, confirmations, window);
    }
}
