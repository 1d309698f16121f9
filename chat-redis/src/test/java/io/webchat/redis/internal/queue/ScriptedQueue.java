package io.webchat.redis.internal.queue;

import io.webchat.core.ChatEvent;
import io.webchat.core.Envelope;
import io.webchat.core.EventCodec;
import io.webchat.core.UserId;
import io.webchat.core.spi.QueueLimits;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.testing.RedisEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One user's queue. It runs the scripts with EVAL, and shows the keys that they leave. */
public final class ScriptedQueue {
    static final UserId ALICE = UserId.of("alice");
    public static final UserId BOB = UserId.of("bob");

    /** The scripts' TTL for the default limits: 30 days, and 2 days more because the renewal is delayed. */
    static final long TTL = Duration.ofDays(32).toMillis();

    private final RedisEndpoint server;
    private final String base = "raw:{u:" + UUID.randomUUID() + "}:";
    private QueueLimits limits = QueueLimits.DEFAULT;
    private Duration skew = Duration.ZERO;

    ScriptedQueue(RedisEndpoint server) {
        this.server = server;
    }

    void bounded(QueueLimits wanted) {
        limits = wanted;
    }

    void advance(Duration time) {
        skew = skew.plus(time);
    }

    /** The name of the key with this ending. */
    String key(String ending) {
        return base + ending;
    }

    /** Sends a command about the key with this ending. */
    @Nullable
    Object ask(String command, String ending, String... arguments) {
        return server.command(
                command,
                Stream.concat(Stream.of(key(ending)), Stream.of(arguments)).toArray(String[]::new));
    }

    long number(String command, String ending, String... arguments) {
        return (Long) Objects.requireNonNull(ask(command, ending, arguments));
    }

    /** A field of the queue's data. */
    long meta(String field) {
        return Long.parseLong(String.valueOf(ask("HGET", "m", field)));
    }

    /** The endings of the existing keys. */
    List<String> keys() {
        return Stream.of("q", "m", "c", "d0", "d1")
                .filter(each -> number("EXISTS", each) == 1)
                .toList();
    }

    /** The milliseconds until a key expires; -1 if it never expires. */
    long ttl(String ending) {
        return number("PTTL", ending);
    }

    /** The encoding of a key's value. */
    String encoding(String ending) {
        return String.valueOf(server.command("OBJECT", "ENCODING", key(ending)));
    }

    /** A message from Alice to Bob. */
    public static ChatEvent.Message message(String text) {
        return ChatEvent.message(ALICE, BOB, text);
    }

    List<?> append(ChatEvent event) {
        return append(event, String.valueOf(event.hashCode()), "0123456789abcdef");
    }

    /** Outcome, Seq and time. */
    List<?> append(ChatEvent event, String name, String content) {
        return append(event, name, content, false);
    }

    List<?> append(ChatEvent event, String name, String content, boolean resendsReplicated) {
        String json = new String(EventCodec.encode(Envelope.passing(event)), StandardCharsets.UTF_8);
        String open = json.substring(0, json.length() - 1);
        List<String> keys = List.of("q", "m", "c", "d0", "d1");
        return (List<?>) eval(QueueScripts.APPEND, resendsReplicated, keys, name, content, open);
    }

    /** Appends this number of new events. */
    void fill(int events) {
        for (int i = 0; i < events; i++) {
            append(message("text " + i));
        }
    }

    /** Cursor, generation and the number of devices. */
    List<?> attach(String device, long after) {
        return (List<?>) eval(QueueScripts.ATTACH, List.of("q", "m", "c"), device, text(after));
    }

    /** First, next, the number of devices, and the events. */
    List<?> read(long after, int limit) {
        return (List<?>) eval(QueueScripts.READ, List.of("q", "m", "c"), text(after), text(limit));
    }

    Object confirm(String device, long upTo) {
        return eval(QueueScripts.CONFIRM, List.of("q", "m", "c"), device, text(upTo));
    }

    private Object eval(LuaScript script, List<String> keys, String... own) {
        return eval(script, false, keys, own);
    }

    private Object eval(LuaScript script, boolean resendsReplicated, List<String> keys, String... own) {
        List<String> all = new ArrayList<>();
        all.add(new String(script.source(), StandardCharsets.UTF_8));
        all.add(text(keys.size()));
        keys.forEach(each -> all.add(key(each)));
        all.add(QueueScripts.numbers(limits, skew.toNanos() / 1000, resendsReplicated));
        all.addAll(List.of(own));
        return Objects.requireNonNull(server.command("EVAL", all.toArray(String[]::new)));
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
