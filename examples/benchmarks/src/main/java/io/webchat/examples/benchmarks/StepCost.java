package io.webchat.examples.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.MessageContent;
import io.webchat.redis.RawScript;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisOfflineQueue;
import io.webchat.redis.testing.RedisServer;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import redis.clients.jedis.RedisClient;

/**
 * The CPU that Redis uses for each step of a queue, and for each command of an append, in turns of one run: in µs, and
 * as a multiple of an empty script with one key and one argument.
 */
final class StepCost implements AutoCloseable {
    private static final int USERS = 320;
    private static final String NOTHING = "an empty script, one key, one argument";
    /** The commands of an append, one behind the other. */
    private static final List<String> COMMANDS = List.of(
            "redis.call('HINCRBY', KEYS[2], ARGV[1], 1)",
            "redis.call('HEXISTS', KEYS[4], ARGV[5])",
            "redis.call('HSETNX', KEYS[3], ARGV[5], ARGV[6])",
            "redis.call('RPUSH', KEYS[1], ARGV[7])");

    private final RedisServer server;
    private final RedisClient client;
    private final RedisConnections connections;
    private final RedisOfflineQueue queue;
    private final Map<String, IntFunction<CompletionStage<?>>> steps = new LinkedHashMap<>();
    private final Map<String, List<Double>> micros = new LinkedHashMap<>();
    private final Workload workload = new Workload("step", USERS);
    /** Messages that wait in the queues, for amendments. */
    private final Deque<ChatEvent.Message> waiting = new ArrayDeque<>();

    private long raw;

    /** How many calls a turn has, and how many turns each step has. */
    record Plan(int calls, int rounds) {
        static final Plan FULL = new Plan(20_000, 7);
    }

    private StepCost(RedisServer server) {
        this.server = server;
        this.client = RedisClient.create(URI.create(server.url()));
        this.connections = RedisConnections.open(server.url());
        this.queue = new RedisOfflineQueue(connections);
    }

    /** Measures it and prints a table in Markdown. */
    static void run(PrintStream out, Plan plan) {
        try (RedisServer server = RedisServer.builder().start();
                StepCost cost = new StepCost(server)) {
            cost.prepare();
            // The first round warms up: it begins each queue.
            for (int round = -1; round < plan.rounds(); round++) {
                cost.measure(plan.calls());
                if (round < 0) {
                    cost.micros.clear();
                }
            }
            cost.print(out);
        }
    }

    private void prepare() {
        RawScript empty = new RawScript(client, connections, "return 1");
        steps.put(NOTHING, number -> empty.call(new byte[][] {utf8("key-" + number % USERS)}, utf8("argument")));
        steps.put("the same with the keys and arguments of an append", number -> callRaw(empty));
        StringBuilder lua = new StringBuilder();
        for (String each : COMMANDS) {
            lua.append(each).append('\n');
            RawScript script = new RawScript(client, connections, lua + "return 1");
            steps.put("and " + each.substring("redis.call('".length(), each.indexOf("',")), number -> callRaw(script));
        }
        steps.put("append a message", number -> append(false));
        steps.put("append and publish a message", number -> append(true));
        steps.put("append a receipt", number -> {
            ChatEvent.Message message = workload.next();
            return queue.append(
                    message.to(),
                    new ChatEvent.Receipt(EventKind.DELIVERY, message.from(), message.to(), null, message.id(), 1));
        });
        steps.put(
                "append a reaction",
                number -> amend(
                        message -> Amendment.by(message.from()).of(message).react("👍")));
        steps.put(
                "append an edit",
                number -> amend(message ->
                        Amendment.by(message.from()).of(message).edit(MessageContent.text(message.text() + "!"))));
        steps.put(
                "append a deletion",
                number -> amend(
                        message -> Amendment.by(message.from()).of(message).delete()));
    }

    private CompletionStage<?> append(boolean publish) {
        ChatEvent.Message message = workload.next();
        waiting.add(message);
        return publish ? queue.appendAndPublish(message.to(), message) : queue.append(message.to(), message);
    }

    private interface Change {
        Amendment of(ChatEvent.Message message);
    }

    /** Each message has one amendment, and then the next kind has the messages behind it. */
    private CompletionStage<?> amend(Change change) {
        ChatEvent.Message message = Objects.requireNonNull(waiting.poll(), "no message is left");
        return queue.append(message.to(), change.of(message));
    }

    private CompletionStage<?> callRaw(RawScript script) {
        long number = raw++;
        String user = "{raw-" + number % USERS + "}";
        byte[][] keys = {utf8(user + ":q"), utf8(user + ":m"), utf8(user + ":d0"), utf8(user + ":d1")};
        return script.call(
                keys,
                utf8("2:0123456789abcdef:1800000000000000:r"),
                utf8("1234567"),
                utf8("5356800000 0 2592000000 2592000000 86400000 10000 50000 16 86400000 67108864 9999"),
                utf8("p00"),
                utf8(String.format(Locale.ROOT, "%016d", number)),
                utf8("123456" + "0123456789abcdef"),
                utf8("1800000000000" + "x".repeat(230)));
    }

    private void measure(int calls) {
        steps.forEach((name, step) -> micros.computeIfAbsent(name, any -> new ArrayList<>())
                .add(RedisCpu.perCall(server, calls(name, calls), step)));
    }

    /** Two turns append messages, and three amend them. */
    private static int calls(String name, int calls) {
        return name.endsWith("reaction") || name.endsWith("edit") || name.endsWith("deletion") ? calls / 2 : calls;
    }

    private void print(PrintStream out) {
        List<Double> nothing = Objects.requireNonNull(micros.get(NOTHING));
        out.println(RedisCpu.describe(server));
        out.println();
        out.println("| step | µs of Redis | to the empty script [quartiles] |");
        out.println("|---|---|---|");
        micros.forEach((name, all) -> out.printf(
                Locale.ROOT,
                "| %s | %.2f | %s |%n",
                name,
                Spread.of(all).median(),
                Spread.ofRatios(all, nothing).fraction()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    @Override
    public void close() {
        connections.close();
        client.close();
    }
}
