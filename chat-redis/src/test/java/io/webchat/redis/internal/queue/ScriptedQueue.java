package io.webchat.redis.internal.queue;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.PublishingQueue.Published;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.TestConfigs;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.client.ReplyText;
import io.webchat.redis.internal.client.ServerConnection;
import io.webchat.redis.internal.client.ServerIdentity;
import io.webchat.redis.testing.RedisEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Bob's queue, over one connection without threads. It shows the keys that the scripts leave. */
public final class ScriptedQueue implements AutoCloseable {
    public static final UserId ALICE = UserId.of("alice");
    public static final UserId BOB = UserId.of("bob");

    /** The scripts' TTL for the default limits: 30 days, and 2 days more because the renewal is delayed. */
    static final long TTL = Duration.ofDays(32).toMillis();

    private final RedisEndpoint server;
    private final RedisKeys keys = new RedisKeys("raw" + UUID.randomUUID());
    private final ServerConnection connection;
    private KnownQueue known = new KnownQueue();
    private QueueLimits limits = QueueLimits.DEFAULT;
    private Duration skew = Duration.ZERO;
    private int incarnation;
    private int rests;
    private boolean onlyFirstParts;

    ScriptedQueue(RedisEndpoint server) {
        this.server = server;
        this.connection = TestConfigs.connect(RedisConfig.of(server.url()));
        LuaScript.loadAll(connection, QueueScripts.ALL);
        connection.identify();
    }

    void bounded(QueueLimits wanted) {
        limits = wanted;
    }

    void advance(Duration time) {
        skew = skew.plus(time);
    }

    /** The next steps come from a node that does not know the queue. */
    void otherNode() {
        known = new KnownQueue();
    }

    /** From now on, the server seems to have started anew. */
    void restart() {
        incarnation++;
    }

    private QueueArguments common() {
        return new QueueArguments(limits, () -> skew.toNanos() / 1000, this::identity);
    }

    private ServerIdentity identity(ServerIdentity server) {
        return incarnation == 0 ? server : new ServerIdentity(String.format("%08x", incarnation), server.millisAhead());
    }

    private QueueScripts scripts() {
        return new QueueScripts(keys, common());
    }

    /** The name of the key with this ending. */
    String key(String ending) {
        return new String(keys.key(BOB, ":" + ending), StandardCharsets.UTF_8);
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

    /** A field of the queue's state. */
    String state(String field) {
        return String.valueOf(ask("HGET", "m", field));
    }

    /** The endings of the existing keys. */
    List<String> keys() {
        return Stream.of("q", "m", "d0", "d1")
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

    Appended append(ChatEvent event) {
        return append(List.of(event)).get(0);
    }

    /** Appends messages, or receipts, in one step. */
    List<Appended> append(List<? extends ChatEvent> events) {
        StepKind kind = StepKind.of(events.get(0)).orElseThrow();
        AppendStep step = new AppendStep(common(), known, kind, false, 0);
        List<CompletableFuture<Published>> results = new ArrayList<>();
        for (ChatEvent each : events) {
            CompletableFuture<Published> result = new CompletableFuture<>();
            results.add(result);
            if (!step.join(each, result)) {
                throw new IllegalArgumentException("too many events for a step");
            }
        }
        step.complete(finished(step, run(scripts().append(BOB, step))));
        return results.stream().map(each -> each.join().appended()).toList();
    }

    /** Lets the rest of a deletion follow; returns the reply to the append. */
    private Object finished(AppendStep step, Object reply) {
        Optional<Object> appended = AppendStep.ofUnfinished(reply);
        boolean left = appended.isPresent() && !onlyFirstParts;
        while (left) {
            left = Long.valueOf(1).equals(run(scripts().deleteRest(BOB, step)));
            rests++;
        }
        return appended.orElse(reply);
    }

    /** Whether deletions end after their first part, as if the node died. */
    void onlyFirstParts(boolean only) {
        onlyFirstParts = only;
    }

    /** The number of scripts after which content was left, since this was asked last. */
    int rests() {
        int before = rests;
        rests = 0;
        return before;
    }

    /** Appends this number of new messages. */
    List<Appended> fill(int messages) {
        List<Appended> all = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            all.add(append(message("text " + i)));
        }
        return all;
    }

    /** Epoch, whether it is restored, start, cursor, generation, and the number of devices. */
    List<?> attach(String device, long after) {
        return (List<?>) run(scripts().attach(BOB, DeviceId.of(device), after));
    }

    /** Epoch, whether it is restored, first, next, the number of devices, and the events. */
    List<?> read(long after, int limit) {
        return (List<?>) run(scripts().read(BOB, after, limit));
    }

    /** The events as they are stored. */
    List<String> stored() {
        return ((List<?>) read(0, 1_000_000).get(5)).stream().map(ReplyText::of).toList();
    }

    boolean restore(ChatEvent.Message... messages) {
        return restore((Long) read(0, 0).get(0), messages);
    }

    boolean restore(long epoch, ChatEvent.Message... messages) {
        return (Long) run(scripts().restore(BOB, epoch, new UndeliveredMessages(List.of(messages), 0))) >= 0;
    }

    boolean confirm(String device, long upTo) {
        return confirm(device, (Long) read(0, 0).get(0), upTo);
    }

    boolean confirm(String device, long epoch, long upTo) {
        return Long.valueOf(1).equals(run(scripts().confirm(BOB, DeviceId.of(device), epoch, upTo)));
    }

    /** Replaces the events of this author; returns the reply. */
    Object erase(UserId author) {
        return run(scripts().erase(BOB, author));
    }

    Object clear() {
        return run(scripts().clear(BOB));
    }

    private Object run(RedisCommand command) {
        connection.write(command.arguments(connection.identity()));
        connection.flush();
        Object reply = connection.read();
        if (reply instanceof JedisDataException refusal) {
            throw refusal;
        }
        return Objects.requireNonNull(reply);
    }

    @Override
    public void close() {
        connection.drop();
    }
}
