package io.webchat.examples.benchmarks;

import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.testing.DynamoEndpoint;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Measures the units that DynamoDB consumes per message of one conversation at a steady pace. All readers display
 * each message at once. The pace is real: watermarks are written once per second.
 */
final class CallLogUnits {
    private static final String TEXT = "Hello there! ".repeat(8).substring(0, 100);

    private final Plan plan;
    private final UserId author = UserId.of("author");
    private final List<CompletableFuture<?>> all = new ArrayList<>();

    /** How many messages, how far apart. */
    record Plan(int messages, Duration apart) {
        static final Plan FULL = new Plan(300, Duration.ofMillis(100));
    }

    private CallLogUnits(Plan plan) {
        this.plan = plan;
    }

    /** Counts it for a 1:1 conversation and for rooms of 10 and of 100, and prints a table in Markdown. */
    static void run(DynamoEndpoint endpoint, Plan plan, PrintStream out) throws Exception {
        double pace = 1e9 / plan.apart().toNanos();
        out.printf(Locale.ROOT, "Units per message, at %.0f messages per second, receipts included:%n%n", pace);
        out.println("| | messages | entries and watermarks | write units | read units |");
        out.println("|---|---|---|---|---|");
        for (int readers : new int[] {1, 9, 99}) {
            ConsumedUnits units = new ConsumedUnits();
            try (DynamoDbAsyncClient client = units.client(endpoint)) {
                BenchTable table = BenchTable.create(client);
                // The check of a new table writes to it, too.
                units.reset();
                new CallLogUnits(plan).converse(table, readers);
            }
            print(readers, units, plan.messages(), out);
        }
    }

    private static void print(int readers, ConsumedUnits units, int messages, PrintStream out) {
        double written = units.of(ConsumedUnits.Kind.MESSAGES) / messages;
        double entries = units.of(ConsumedUnits.Kind.ENTRIES) / messages;
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f |%n",
                readers == 1 ? "1:1" : "room of " + (readers + 1),
                written,
                entries,
                written + entries,
                units.of(ConsumedUnits.Kind.READS) / messages);
    }

    private void converse(BenchTable table, int readers) throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (DynamoCallLogStore log = table.callLog()) {
            for (int i = 0; i < plan.messages(); i++) {
                CompletableFuture<?> sent = new CompletableFuture<>();
                all.add(sent);
                var unusedTimer = clock.schedule(
                        () -> {
                            var unused = send(log, readers).whenComplete((done, failure) -> end(sent, failure));
                        },
                        i * plan.apart().toNanos(),
                        TimeUnit.NANOSECONDS);
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
        } finally {
            clock.shutdown();
        }
    }

    private static void end(CompletableFuture<?> sent, Throwable failure) {
        if (failure == null) {
            sent.complete(null);
        } else {
            sent.completeExceptionally(failure);
        }
    }

    private CompletableFuture<Void> send(DynamoCallLogStore log, int readers) {
        long now = System.currentTimeMillis();
        UserId reader = UserId.of("reader-0");
        RoomId room = readers == 1 ? null : RoomId.of("room-of-" + readers);
        ChatEvent.Message message = ChatEvent.Message.from(author)
                .to(room == null ? reader : author)
                .in(room)
                .timestamp(1)
                .text(TEXT)
                .build();
        ConversationId conversation = message.conversation();
        return log.appendNew(conversation, message, now)
                .toCompletableFuture()
                .thenCompose(done -> CompletableFuture.allOf(IntStream.range(0, readers)
                        .mapToObj(i -> new Mark(
                                conversation,
                                author,
                                UserId.of("reader-" + i),
                                MessageStatus.DISPLAYED,
                                new MessagePosition(now, author, message.id())))
                        .map(mark -> log.mark(mark).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new)));
    }
}
