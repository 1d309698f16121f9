package io.webchat.core.spi.support;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.Amendment;
import java.util.Optional;

/** The recorded amendments as a call log lists them. */
public final class AmendmentView {
    private AmendmentView() {}

    /**
     * Returns an amendment as it matters now: a deletion as it is, an edit with the content of the message if no later
     * edit changed it, a reaction if the message still exists; otherwise nothing.
     *
     * @param recorded the amendment; the content of an edit does not matter
     * @param storedAt its time in the call log, Unix milliseconds
     * @param message its message
     */
    public static Optional<Amendment> present(Amendment recorded, long storedAt, LoggedMessage message) {
        Amendment timed = recorded.copyTo(recorded.to(), storedAt);
        if (recorded.isDeletion()) {
            return Optional.of(timed);
        }
        if (message.message().deletion() != null) {
            return Optional.empty();
        }
        if (recorded.change() instanceof Amendment.Edit) {
            return message.editedAt() == storedAt
                    ? Optional.of(timed.withChange(
                            new Amendment.Edit(message.message().content())))
                    : Optional.empty();
        }
        return Optional.of(timed);
    }
}
