package io.webchat.redis.internal.queue;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.core.spi.support.EventFingerprint;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.client.ServerIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes the commands that call the Lua scripts of a queue. The headers of the scripts explain the arguments. */
public final class QueueScripts {
    /** Links messages at the tail, unless they are resends. */
    public static final LuaScript APPEND = LuaScript.load(QueueScripts.class, "append.lua");

    /** Links an edit or a reaction at the tail. */
    public static final LuaScript AMEND = LuaScript.load(QueueScripts.class, "amend.lua");

    /** Links a deletion at the tail, and takes the deleted content out of the list. */
    public static final LuaScript DELETE = LuaScript.load(QueueScripts.class, "delete.lua");

    /** Takes the rest of the deleted content out of the list, part by part. */
    public static final LuaScript DELETE_REST = LuaScript.load(QueueScripts.class, "delete-rest.lua");

    /** Links receipts at the tail. */
    public static final LuaScript APPEND_RECEIPTS = LuaScript.load(QueueScripts.class, "append-receipts.lua");

    /** Registers a device, and finds its cursor. */
    public static final LuaScript ATTACH = LuaScript.load(QueueScripts.class, "attach.lua");

    /** Reads events behind a Seq. */
    public static final LuaScript READ = LuaScript.load(QueueScripts.class, "read.lua");

    /** Advances the cursor of a device. */
    public static final LuaScript CONFIRM = LuaScript.load(QueueScripts.class, "confirm.lua");

    /** Puts lost messages back. */
    public static final LuaScript RESTORE = LuaScript.load(QueueScripts.class, "restore.lua");

    /** Removes all events and devices. */
    public static final LuaScript CLEAR = LuaScript.load(QueueScripts.class, "clear.lua");

    /** Replaces the events of one author. */
    public static final LuaScript ERASE = LuaScript.load(QueueScripts.class, "erase.lua");

    /** Notes when a device was seen. */
    public static final LuaScript LEAVE = LuaScript.load(QueueScripts.class, "leave.lua");

    /** Tells when a device of the user was seen last. */
    public static final LuaScript SEEN = LuaScript.load(QueueScripts.class, "seen.lua");

    /** All scripts of this package. */
    public static final List<LuaScript> ALL = List.of(
            APPEND,
            AMEND,
            DELETE,
            DELETE_REST,
            APPEND_RECEIPTS,
            ATTACH,
            READ,
            CONFIRM,
            RESTORE,
            CLEAR,
            ERASE,
            LEAVE,
            SEEN);

    /** The largest Seq: Lua and JavaScript know no larger integer exactly. */
    private static final long MAX_SEQ = (1L << 53) - 1;

    /** The approximate size of the arguments of a step without events. */
    private static final int SMALL = 256;

    private final RedisKeys keys;
    private final QueueArguments common;

    /** The commands for queues with these keys and limits. */
    public QueueScripts(RedisKeys keys, QueueArguments common) {
        this.keys = keys;
        this.common = common;
    }

    /** Calls an append script. */
    RedisCommand append(UserId user, AppendStep step) {
        return RedisCommand.of(
                step.kind().script(),
                step.kind() == StepKind.DELETION ? deletionKeys(user) : keys(user, ":q", ":m", ":d0", ":d1"),
                SMALL + AppendStep.JOINING_BYTES + step.bytes(),
                server -> step.arguments(common.identity(server)));
    }

    /** Takes another part of the content out of the list, after the step that has appended the deletion. */
    RedisCommand deleteRest(UserId user, AppendStep deletion) {
        return RedisCommand.of(DELETE_REST, deletionKeys(user), deletion.restArguments());
    }

    private byte[][] deletionKeys(UserId user) {
        return keys(user, ":q", ":m", ":d0", ":d1", ":i");
    }

    /** Registers a device, and finds its cursor. */
    public RedisCommand attach(UserId user, DeviceId device, long after) {
        return RedisCommand.of(
                ATTACH, keys(user, ":q", ":m"), SMALL, server -> arguments(server, utf8(device.value()), seq(after)));
    }

    /** Reads at most {@code limit} events behind a Seq. */
    public RedisCommand read(UserId user, long after, int limit) {
        return RedisCommand.of(
                READ,
                keys(user, ":q", ":m"),
                SMALL,
                server -> arguments(server, seq(after), QueueArguments.digits(Math.max(limit, 0))));
    }

    /** Advances the cursor of a device. */
    public RedisCommand confirm(UserId user, DeviceId device, long epoch, long upTo) {
        long seq = bounded(upTo);
        return RedisCommand.of(CONFIRM, keys(user, ":q", ":m"), SMALL, server -> new byte[][] {
            QueueArguments.text(KnownQueue.restored(common.identity(server), epoch)),
            utf8("c:" + device.value()),
            QueueArguments.digits(seq),
            QueueArguments.text(seq + " " + common.millis(server)),
            common.numbers()
        });
    }

    /** Puts lost events back in an epoch. */
    public RedisCommand restore(UserId user, long epoch, UndeliveredMessages undelivered) {
        List<byte[]> own = new ArrayList<>();
        own.add(seq(epoch));
        own.add(QueueArguments.digits(undelivered.omitted()));
        List<Amendment> deletions = undelivered.deletions();
        own.add(QueueArguments.digits(deletions.size()));
        for (Amendment each : deletions) {
            own.add(EventFrames.stored(EventFrames.storable(each.loggedAt()), EventFrames.open(each)));
            own.addAll(AmendmentArguments.of(each));
        }
        int bytes = SMALL * (1 + 2 * deletions.size());
        for (LoggedEvent each : undelivered.events()) {
            own.add(EventFingerprint.of(each).nameBytes());
            own.add(content(each));
            long time = EventFrames.storable(each.loggedAt());
            own.add(QueueArguments.digits(time));
            byte[] stored = EventFrames.stored(time, EventFrames.open(each));
            own.add(stored);
            bytes += stored.length;
        }
        return RedisCommand.of(
                RESTORE,
                keys(user, ":q", ":m", ":d0", ":d1"),
                bytes,
                server -> arguments(server, own.toArray(byte[][]::new)));
    }

    /** The content of an event; for an edit also the name of its message, which may be deleted meanwhile. */
    private static byte[] content(LoggedEvent event) {
        byte[] content = EventFingerprint.of(event).contentBytes();
        if (!(event instanceof Amendment amendment) || !(amendment.change() instanceof Amendment.Edit)) {
            return content;
        }
        byte[] message = EventFingerprint.ofDeleted(amendment).nameBytes();
        return ByteBuffer.allocate(content.length + message.length)
                .put(content)
                .put(message)
                .array();
    }

    /** Replaces the events of one author by empty ones. */
    public RedisCommand erase(UserId user, UserId author) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(EventFrames.open(new NodeEvent.Erased(user)));
        for (EventKind kind : EventKind.values()) {
            if (kind.stored()) {
                // The beginning of what EventCodec writes; an id has no character that is escaped.
                arguments.add(utf8("{\"EvtType\":\"" + kind.wire() + "\",\"From\":\"" + author + "\","));
            }
        }
        return RedisCommand.of(ERASE, keys(user, ":q", ":m"), arguments.toArray(byte[][]::new));
    }

    /** Removes all events and devices. */
    public RedisCommand clear(UserId user) {
        return RedisCommand.of(CLEAR, keys(user, ":q", ":m"));
    }

    /** Notes that a device was seen now. */
    public RedisCommand leave(UserId user, DeviceId device) {
        return RedisCommand.of(LEAVE, keys(user, ":q", ":m"), SMALL, server ->
                new byte[][] {utf8("c:" + device.value()), QueueArguments.digits(common.millis(server))});
    }

    /** Tells when a device of the user was seen last. */
    public RedisCommand lastSeen(UserId user) {
        return RedisCommand.of(SEEN, keys(user, ":q", ":m"), SMALL, server ->
                new byte[][] {QueueArguments.digits(common.oldest(server))});
    }

    private byte[][] keys(UserId user, String... endings) {
        return Stream.of(endings).map(each -> keys.key(user, each)).toArray(byte[][]::new);
    }

    private byte[][] arguments(ServerIdentity server, byte[]... own) {
        byte[][] all = new byte[2 + own.length][];
        all[0] = QueueArguments.text(common.identity(server).incarnation());
        all[1] = common.numbers();
        System.arraycopy(own, 0, all, 2, own.length);
        return all;
    }

    /** A number outside the range of Seqs means the same as the nearest Seq. */
    private static byte[] seq(long any) {
        return QueueArguments.digits(bounded(any));
    }

    private static long bounded(long any) {
        return Math.min(Math.max(any, 0), MAX_SEQ);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
