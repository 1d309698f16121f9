package io.webchat.core.spi.support;

import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.AttachmentId;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the files of two contents of one message, for call logs and for the engine. */
public final class EditedFiles {
    private EditedFiles() {}

    /** Returns the files that a content names. */
    public static Set<AttachmentId> of(MessageContent content) {
        return content.attachments().stream().map(AttachmentRef::id).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether two contents name the same files. */
    public static boolean areSame(MessageContent one, MessageContent other) {
        return of(one).equals(of(other));
    }

    /** Returns the files that the first content names, and the second one does not. */
    public static Set<AttachmentId> without(MessageContent first, MessageContent second) {
        Set<AttachmentId> others = of(second);
        return of(first).stream().filter(each -> !others.contains(each)).collect(Collectors.toUnmodifiableSet());
    }
}
