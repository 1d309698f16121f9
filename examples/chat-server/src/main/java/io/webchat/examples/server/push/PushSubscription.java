package io.webchat.examples.server.push;

import io.webchat.core.OfflineMessage;
import io.webchat.core.ids.DeviceId;
import java.net.URI;
import java.util.List;

/**
 * A browser that wants pushes of its user.
 *
 * @param device the browser; it has one subscription of a user
 * @param endpoint where its push service takes pushes. Whoever knows it can send there, so it is never logged
 * @param keys its keys
 * @param notice the words of a notification without the text of the message, in the language of its user
 * @param showsText whether a notification shows the text of the message
 * @param muted the conversations that push only what mentions the user, as the page names them: {@code user:bob},
 *     {@code room:den}
 */
public record PushSubscription(
        DeviceId device, URI endpoint, PushKeys keys, String notice, boolean showsText, List<String> muted) {
    /** Takes a copy of the list. */
    public PushSubscription {
        muted = List.copyOf(muted);
    }

    /** Whether a message is to be pushed. */
    boolean wants(OfflineMessage missed) {
        return missed.mentioned() || !muted.contains(PushText.conversation(missed.message()));
    }
}
