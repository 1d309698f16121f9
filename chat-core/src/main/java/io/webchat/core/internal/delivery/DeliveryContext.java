package io.webchat.core.internal.delivery;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatObserver;
import io.webchat.core.ClientFeature;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.SessionTasks;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.support.Backoff;
import java.util.Set;

/**
 * The surroundings that the delivery and the confirmations of one session share.
 *
 * @param user the session's user
 * @param device the session's device
 * @param features the abilities of the client
 * @param config the limits
 * @param observer called for each event worth counting
 * @param backends the calls to the SPI
 * @param cursor the device's cursor in the queue
 * @param backoff the time to wait before a retry
 * @param tasks runs tasks in the session's mailbox
 */
public record DeliveryContext(
        UserId user,
        DeviceId device,
        Set<ClientFeature> features,
        ChatConfig config,
        ChatObserver observer,
        BackendCalls backends,
        DeviceCursor cursor,
        Backoff backoff,
        SessionTasks tasks) {}
