package io.webchat.core.internal;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatListener;
import io.webchat.core.ChatObserver;
import io.webchat.core.OfflineListener;
import io.webchat.core.UserDirectory;
import io.webchat.core.internal.backend.BackendSet;
import io.webchat.core.policy.ContactPolicy;
import io.webchat.core.policy.MessagePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an engine.
 *
 * @param backends the implementations of the SPI
 * @param config the limits
 * @param observer called for each event worth counting
 * @param offlineListener called for each message that no device confirmed in time
 * @param directory tells which users exist
 * @param messagePolicies judge messages, in this order
 * @param contactPolicy decides who may reach and see whom; null for the default
 * @param listener hears what has happened
 */
public record EngineParts(
        BackendSet backends,
        ChatConfig config,
        ChatObserver observer,
        OfflineListener offlineListener,
        UserDirectory directory,
        List<MessagePolicy> messagePolicies,
        @Nullable ContactPolicy contactPolicy,
        ChatListener listener) {}
