package io.webchat.core.events;

import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A later change of a message: an edit, a deletion, or a reaction to it. It has an id of its own, by which a resend is
 * recognised, and travels like a message. Immutable.
 *
 * <p>Devices apply amendments in the order of the call log, which is the same for everyone: by {@link
 * Envelope#loggedAt}, then by id. Of two edits the later one holds, and of two reactions of one user and kind, too. A
 * deletion holds against every other amendment.
 */
public final class Amendment implements LoggedEvent {
    /** What an amendment does to its message. */
    public sealed interface Change permits Edit, Delete, React {
        /** The kind of the event that makes this change. */
        EventKind kind();
    }

    /**
     * The author gives the message another content.
     *
     * @param content the whole new content; type and answered message stay those of the message
     */
    public record Edit(MessageContent content) implements Change {
        @Override
        public EventKind kind() {
            return EventKind.EDIT;
        }
    }

    /**
     * The message loses its content and its reactions.
     *
     * @param authority who may do so
     */
    public record Delete(Authority authority) implements Change {
        @Override
        public EventKind kind() {
            return EventKind.DELETE;
        }
    }

    /** The authority of a deletion. */
    public enum Authority {
        /** The user in {@code From}: the author of the message, or an owner of its room. */
        USER,
        /** The application. The author of the message is in {@code From}. */
        HOST
    }

    /**
     * A user adds a reaction to the message, or takes it back.
     *
     * @param reaction the reaction, for example an emoji; at most {@link #MAX_REACTION_BYTES}
     * @param remove whether it is taken back
     */
    public record React(String reaction, boolean remove) implements Change {
        @Override
        public EventKind kind() {
            return EventKind.REACT;
        }
    }

    /** The longest reaction, in bytes of UTF-8. */
    public static final int MAX_REACTION_BYTES = 32;

    private final UserId from;
    private final UserId to;
    private final @Nullable RoomId room;
    private final MessageId id;
    private final long timestamp;
    private final MessageRef about;
    private final Change change;
    private final @Nullable DeviceId fromDevice;
    private final long loggedAt;
    private final @Nullable String sentDigest;

    Amendment(
            UserId from,
            UserId to,
            @Nullable RoomId room,
            MessageId id,
            long timestamp,
            MessageRef about,
            Change change,
            @Nullable DeviceId fromDevice,
            long loggedAt,
            @Nullable String sentDigest) {
        this.from = from;
        this.to = to;
        this.room = room;
        this.id = id;
        this.timestamp = timestamp;
        this.about = about;
        this.change = change;
        this.fromDevice = fromDevice;
        this.loggedAt = loggedAt;
        this.sentDigest = sentDigest;
    }

    /**
     * Begins an amendment of a message by this user.
     *
     * <pre>{@code
     * Amendment.by(alice).of(message).edit(MessageContent.text("Hello"));
     * Amendment.by(alice).of(message).delete();
     * Amendment.by(bob).of(message).react("👍");
     * }</pre>
     */
    public static AmendmentBuilder by(UserId user) {
        return new AmendmentBuilder(user);
    }

    @Override
    public EventKind kind() {
        return change.kind();
    }

    @Override
    public UserId from() {
        return from;
    }

    @Override
    public UserId to() {
        return to;
    }

    @Override
    public @Nullable RoomId room() {
        return room;
    }

    @Override
    public MessageId id() {
        return id;
    }

    @Override
    public long timestamp() {
        return timestamp;
    }

    /** The message that is amended. */
    public MessageRef about() {
        return about;
    }

    /** The recipient of the copy of the message that is in the same queue as this amendment. */
    public UserId recipientOfMessage() {
        return room == null && !about.from().equals(from) ? from : to;
    }

    /** What happens to the message. */
    public Change change() {
        return change;
    }

    @Override
    public @Nullable DeviceId fromDevice() {
        return fromDevice;
    }

    @Override
    public long loggedAt() {
        return loggedAt;
    }

    /**
     * The {@link io.webchat.core.spi.calllog.ContentDigest} of the amendment that the user sent, if a policy replaced
     * its content; null otherwise. It recognises a resend, and no client gets it.
     */
    public @Nullable String sentDigest() {
        return sentDigest;
    }

    /** Whether the message is deleted. */
    public boolean isDeletion() {
        return change instanceof Delete;
    }

    /** About its size, for budgets of memory: the characters of its content. */
    public int length() {
        return change instanceof Edit edit ? edit.content().length() : 0;
    }

    @Override
    public Amendment copyFrom(DeviceId device) {
        return new Amendment(from, to, room, id, timestamp, about, change, device, loggedAt, sentDigest);
    }

    @Override
    public Amendment copyTo(UserId user, long timeInLog) {
        return new Amendment(from, user, room, id, timestamp, about, change, null, timeInLog, sentDigest);
    }

    /** Returns the same amendment with another change, for example with the content that a policy left. */
    public Amendment withChange(Change other) {
        return new Amendment(from, to, room, id, timestamp, about, other, fromDevice, loggedAt, sentDigest);
    }

    /** Returns the same amendment with the digest of what the user sent; null if it is this content. */
    public Amendment withSentDigest(@Nullable String digest) {
        return new Amendment(from, to, room, id, timestamp, about, change, fromDevice, loggedAt, digest);
    }

    /** Returns the amendment without the fields that only the server may set. */
    public Amendment asSent() {
        return new Amendment(from, room == null ? to : from, room, id, timestamp, about, change, null, 0, null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Amendment that
                && from.equals(that.from)
                && to.equals(that.to)
                && Objects.equals(room, that.room)
                && id.equals(that.id)
                && timestamp == that.timestamp
                && about.equals(that.about)
                && change.equals(that.change)
                && Objects.equals(fromDevice, that.fromDevice)
                && loggedAt == that.loggedAt
                && Objects.equals(sentDigest, that.sentDigest);
    }

    @Override
    public int hashCode() {
        return Objects.hash(from, to, room, id, timestamp, about, change, fromDevice, loggedAt, sentDigest);
    }

    @Override
    public String toString() {
        return "Amendment[from=" + from + ", to=" + to + ", room=" + room + ", id=" + id + ", timestamp=" + timestamp
                + ", about=" + about + ", change=" + change + ", fromDevice=" + fromDevice + ", loggedAt=" + loggedAt
                + ", sentDigest=" + sentDigest + "]";
    }
}
