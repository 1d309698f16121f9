package io.webchat.core.spi.calllog;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Json;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A digest of the content of a message or an amendment. It distinguishes a resend from another message with the same
 * id. It has 22 characters: the first 128 bits of SHA-256 over the room and the whole content, as URL-safe Base64.
 * The timestamp is not included, because clients set a new one for a resend; nor are name, type and bytes of a file,
 * because the server sets them.
 */
public final class ContentDigest {
    /** The digest of a message that was deleted: 128 zero bits. No content has it. */
    public static final String DELETED = "A".repeat(22);

    private static final int BYTES = 16;

    private ContentDigest() {}

    /** Returns the digest of the content that the author sent, also if a policy has replaced that content since. */
    public static String of(ChatEvent.Message message) {
        String sent = message.sentDigest();
        if (sent != null) {
            return sent;
        }
        if (message.deletion() != null) {
            return DELETED;
        }
        MessageDigest sha = sha256();
        addRoom(sha, message.room());
        addContent(sha, message.content());
        return text(sha);
    }

    /** Returns the digest of what the user sent, also if a policy has replaced the content of an edit since. */
    public static String of(Amendment amendment) {
        String sent = amendment.sentDigest();
        if (sent != null) {
            return sent;
        }
        MessageDigest sha = sha256();
        addRoom(sha, amendment.room());
        MessageRef about = amendment.about();
        sha.update(utf8(about.from() + " " + about.id() + " " + amendment.kind().wire()));
        Amendment.Change change = amendment.change();
        if (change instanceof Amendment.Edit edit) {
            sha.update((byte) 0);
            addContent(sha, edit.content());
        } else if (change instanceof Amendment.React react) {
            sha.update(utf8((react.remove() ? " - " : " + ") + react.reaction()));
        }
        return text(sha);
    }

    /** No room id contains the last byte, so two different pairs of room and content never give the same input. */
    private static void addRoom(MessageDigest sha, @Nullable RoomId room) {
        if (room != null) {
            sha.update(utf8(room.value()));
        }
        sha.update((byte) 0);
    }

    private static void addContent(MessageDigest sha, MessageContent content) {
        sha.update(utf8(content.text()));
        if (!content.isPlainText()) {
            addParts(sha, content);
        }
    }

    private static String text(MessageDigest sha) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sha.digest(), BYTES));
    }

    /** Adds everything but the text. No id and no type contains a space. */
    private static void addParts(MessageDigest sha, MessageContent content) {
        add(sha, 'T', utf8(content.type()));
        Json data = content.data();
        if (data != null) {
            add(sha, 'D', data.toBytes());
        }
        MessageRef replyTo = content.replyTo();
        if (replyTo != null) {
            add(sha, 'R', utf8(replyTo.from() + " " + replyTo.id()));
        }
        for (UserId each : content.mentions()) {
            add(sha, 'M', utf8(each.value()));
        }
        for (AttachmentRef each : content.attachments()) {
            add(sha, 'A', utf8(each.id() + " " + each.width() + " " + each.height()));
        }
    }

    private static void add(MessageDigest sha, char name, byte[] part) {
        // UTF-8 never contains this byte, so two different contents never give the same input.
        sha.update((byte) 0xff);
        sha.update((byte) name);
        sha.update(part);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
