package io.webchat.examples.benchmarks;

import io.webchat.core.events.ChatEvent;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.internal.calllog.SinglePuts;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Messages recorded per second, in turn within each round of one run: by the call log as new ones, by the call log as
 * ones that may have been sent before, and with one PutItem each.
 */
final class CommitContest {
    private static final String NEW = "call log, new messages";
    private static final String RESENT = "call log, looking first";
    private static final String SINGLE = "one PutItem each";
    private static final long PATIENCE_SECONDS = 60;

    private final Plan plan;
    private final Map<String, Recorder> recorders = new LinkedHashMap<>();
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();
    private final Map<String, Processor> processor = new LinkedHashMap<>();
    private final Workload workload;
    private long time = System.currentTimeMillis();

    /** How long it takes: conversations, rounds to warm up and to measure, messages per turn, and under way at once. */
    record Plan(int conversations, int warmUps, int rounds, int messages, int underWay) {
        static final Plan FULL = new Plan(64, 4, 15, 4_000, 512);
    }

    private CommitContest(Plan plan, BenchTable table, DynamoCallLogStore log) {
        this.plan = plan;
        this.workload = new Workload("reader", plan.conversations());
        SinglePuts single = new SinglePuts(table.client(), table.name());
        recorders.put(NEW, (message, storedAt) -> log.appendNew(message.conversation(), message, storedAt));
        recorders.put(RESENT, (message, storedAt) -> log.append(message.conversation(), message, storedAt));
        recorders.put(SINGLE, (message, storedAt) -> single.put(message.conversation(), message, storedAt));
    }

    /** Runs it and prints a table in Markdown. */
    static void run(DynamoDbAsyncClient client, Plan plan, PrintStream out) throws InterruptedException {
        BenchTable table = BenchTable.create(client);
        try (DynamoCallLogStore log = table.callLog()) {
            CommitContest contest = new CommitContest(plan, table, log);
            contest.measure();
            contest.report(out);
        }
    }

    private void measure() throws InterruptedException {
        for (int round = -plan.warmUps(); round < plan.rounds(); round++) {
            for (Map.Entry<String, Recorder> each : recorders.entrySet()) {
                Processor before = Processor.now();
                double rate = turn(each.getValue());
                if (round >= 0) {
                    rates.computeIfAbsent(each.getKey(), any -> new ArrayList<>())
                            .add(rate);
                    processor.merge(each.getKey(), Processor.now().since(before), Processor::and);
                }
            }
        }
    }

    /** Messages per second. */
    private double turn(Recorder recorder) throws InterruptedException {
        Semaphore room = new Semaphore(plan.underWay());
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        long start = System.nanoTime();
        for (int i = 0; i < plan.messages(); i++) {
            take(room, 1);
            ChatEvent.Message message = workload.next();
            // As a queue gives times out when there are many messages at once.
            var unused = recorder.record(message, ++time).whenComplete((done, failure) -> {
                if (failure != null) {
                    failed.set(failure);
                }
                room.release();
            });
        }
        take(room, plan.underWay());
        if (failed.get() != null) {
            throw new IllegalStateException("a message was refused", failed.get());
        }
        return 1e9 * plan.messages() / (System.nanoTime() - start);
    }

    private static void take(Semaphore room, int permits) throws InterruptedException {
        if (!room.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a message got no answer");
        }
    }

    private void report(PrintStream out) {
        out.println("Messages recorded per second, median of " + plan.rounds() + " rounds [quartiles]:");
        out.println();
        out.println("| | messages/s | times one PutItem each | µs of CPU per message, client | server |");
        out.println("|---|---|---|---|---|");
        List<Double> single = rates.getOrDefault(SINGLE, List.of());
        double messages = 1e3 * plan.rounds() * plan.messages();
        rates.forEach((name, each) -> {
            Processor used = processor.getOrDefault(name, new Processor(0, 0));
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %.0f | %.0f |%n",
                    name,
                    Spread.of(each).whole(),
                    Spread.ofRatios(each, single).fraction(),
                    used.client() / messages,
                    used.server() / messages);
        });
    }
}
