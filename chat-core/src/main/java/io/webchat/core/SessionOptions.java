package io.webchat.core;

import io.webchat.core.ids.DeviceId;
import java.util.Set;

/**
 * The choices of a device that opens a session. Immutable.
 *
 * <pre>{@code
 * SessionOptions.of(DeviceId.of("phone")).withAfter(lastSeq).inOrder()
 * }</pre>
 *
 * @param device the device
 * @param after the last {@code Seq} that the device has stored, which confirms the events up to it; 0 if unknown
 * @param ordered whether the server keeps the order of this session's messages over refusals: after a message was
 *     refused that may be sent again, it refuses all others with {@code unavailable} until that one is sent again.
 *     Messages are then stored one after another, so the session sends fewer per second
 * @param features the abilities of the client; without {@link ClientFeature#AMEND} it gets no amendments
 */
public record SessionOptions(DeviceId device, long after, boolean ordered, Set<ClientFeature> features) {
    /** Copies the set. */
    public SessionOptions {
        features = Set.copyOf(features);
    }

    /** The options of this device, with an unknown position. */
    public static SessionOptions of(DeviceId device) {
        return new SessionOptions(device, 0, false, Set.of());
    }

    /** Returns the same options with the last {@code Seq} that the device has stored. */
    public SessionOptions withAfter(long seq) {
        return new SessionOptions(device, seq, ordered, features);
    }

    /** Returns the same options for a session that keeps the order of its messages over refusals. */
    public SessionOptions inOrder() {
        return new SessionOptions(device, after, true, features);
    }

    /** Returns the same options for a client with these abilities. */
    public SessionOptions withFeatures(Set<ClientFeature> abilities) {
        return new SessionOptions(device, after, ordered, abilities);
    }

    /** Returns the same options for a client that understands amendments. */
    public SessionOptions amending() {
        return withFeatures(Set.of(ClientFeature.AMEND));
    }
}
