package io.webchat.core.memory;

import io.webchat.core.Profile;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.RoomId;
import io.webchat.core.rooms.RoomDetails;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.UserConsents;
import io.webchat.core.spi.support.HiddenMessages;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The heap that stored objects take with their places in the indexes, in bytes, rounded up. */
final class HeapSize {
    /** A message's objects and its ids, without its content. */
    private static final int MESSAGE = 600;
    /** A profile's objects and its owner's id, without its texts. */
    private static final int PROFILE = 400;
    /** An attribute's objects, without its texts. */
    private static final int ATTRIBUTE = 120;
    /** A queue without events and devices, with its user's id. */
    static final int QUEUE = 800;
    /** A device of a queue. */
    static final int DEVICE = 250;
    /** The objects of an event in a queue, beyond the bytes that the queue counts for it. */
    static final int QUEUED = 500;
    /** An event that is remembered for resends. */
    static final int RESEND = 250;
    /** A conversation without messages, with its places in the lists of its users. */
    static final int CONVERSATION = 1_200;
    /** The watermarks of a user in a conversation. */
    static final int MARKS = 300;
    /** The position of a hidden message. */
    private static final int HIDDEN = 150;
    /** An amendment that the call log has recorded, without its content. */
    static final int AMENDMENT = 600;
    /** A blocked user in the list of another. */
    static final int BLOCK = 200;
    /** A room without members, texts and notes. */
    private static final int ROOM = 800;
    /** A member of a room: the ids, and the room in the user's list. */
    private static final int MEMBER = 600;
    /** A note, without its text. */
    private static final int NOTE = 200;
    /** The id of a removed room. */
    static final int GONE = 250;
    /** The consents of a user without entries. */
    private static final int CONSENTS = 350;
    /** An entry of a user's consents, without the room's name. */
    private static final int CONSENT = 300;
    /** An uploaded file, without its name and content. */
    private static final int FILE = 800;

    private static final int BYTES_PER_CHAR = 2;

    private HeapSize() {}

    private static long text(String text) {
        return (long) BYTES_PER_CHAR * text.length();
    }

    /** A text of ASCII takes half of this. */
    static long of(ChatEvent.Message message) {
        return MESSAGE + (long) BYTES_PER_CHAR * message.content().length();
    }

    static long of(Profile profile) {
        long bytes = PROFILE + text(profile.name());
        for (Map.Entry<String, String> each : profile.attributes().entrySet()) {
            bytes += ATTRIBUTE + text(each.getKey()) + text(each.getValue());
        }
        return bytes;
    }

    /** Returns 0 for a user who has hidden nothing. */
    static long of(@Nullable HiddenMessages hidden) {
        return hidden == null ? 0 : MARKS + (long) HIDDEN * hidden.single().size();
    }

    /** A room without members and notes. */
    static long of(RoomDetails details) {
        return ROOM
                + text(details.name())
                + text(details.picture())
                + BYTES_PER_CHAR * (long) details.data().size();
    }

    static long of(RoomMember member) {
        return MEMBER
                + BYTES_PER_CHAR * text(member.user().value())
                + text(member.addedBy().value());
    }

    /** Returns 0 without a note. */
    static long of(@Nullable RoomNote note) {
        return note == null ? 0 : NOTE + text(note.id()) + text(note.text());
    }

    /** The id of a removed room. */
    static long ofGone(RoomId room) {
        return GONE + text(room.value());
    }

    /** Returns 0 for a user without consents. */
    static long of(@Nullable UserConsents consents) {
        if (consents == null) {
            return 0;
        }
        long bytes = CONSENTS;
        for (RoomConsent each : consents.rooms()) {
            bytes += CONSENT + text(each.name()) + text(each.by().value());
        }
        return bytes;
    }

    /** A file with content of so many bytes. */
    static long of(StoredAttachment file) {
        return ofFile(file.name()) + file.bytes();
    }

    /** A file of this name without content. */
    static long ofFile(String name) {
        return FILE + text(name);
    }
}
