package io.webchat.examples.benchmarks;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.testing.DynamoEndpoint;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Measures a page of 50 messages in a short and in a long history, in turn within one run. */
final class PageCost {
    private static final String TEXT = "Hello there! ".repeat(8).substring(0, 100);
    private static final long START = 1_700_000_000_000L;
    private static final int PAGE = 50;
    private static final int AT_ONCE = 2_000;
    private static final UserId ALICE = UserId.of("alice");

    private final DynamoCallLogStore log;
    private final ConsumedUnits units;
    private final int length;
    private final UserId bob;
    private final ConversationId talk;
    private final List<Double> micros = new ArrayList<>();
    private double consumed;

    /** The two lengths, and how many pages to read to warm up, per round, and how many rounds. */
    record Plan(int shorter, int longer, int warmUps, int pages, int rounds) {
        static final Plan FULL = new Plan(100, 100_000, 300, 50, 21);
    }

    private PageCost(DynamoCallLogStore log, ConsumedUnits units, int length) {
        this.log = log;
        this.units = units;
        this.length = length;
        this.bob = UserId.of("bob-" + length);
        this.talk = ConversationId.direct(ALICE, bob);
        for (int from = 0; from < length; from += AT_ONCE) {
            fill(from, Math.min(length, from + AT_ONCE));
        }
    }

    private void fill(int from, int to) {
        CompletableFuture<?>[] all = new CompletableFuture<?>[to - from];
        for (int i = from; i < to; i++) {
            all[i - from] = log.appendNew(talk, ChatEvent.message(ALICE, bob, TEXT), START + i)
                    .toCompletableFuture();
        }
        CompletableFuture.allOf(all).join();
    }

    /** Measures it and prints a table in Markdown. */
    static void run(DynamoEndpoint endpoint, Plan plan, PrintStream out) {
        ConsumedUnits units = new ConsumedUnits();
        try (DynamoDbAsyncClient client = units.client(endpoint)) {
            try (DynamoCallLogStore log = BenchTable.create(client).callLog()) {
                PageCost shorter = new PageCost(log, units, plan.shorter());
                PageCost longer = new PageCost(log, units, plan.longer());
                shorter.measure(plan.warmUps());
                longer.measure(plan.warmUps());
                shorter.micros.clear();
                longer.micros.clear();
                for (int round = 0; round < plan.rounds(); round++) {
                    shorter.measure(plan.pages());
                    longer.measure(plan.pages());
                }
                report(shorter, longer, out);
            }
        }
    }

    /** Reads the newest page, and the one before it. */
    private void measure(int pages) {
        units.reset();
        long start = System.nanoTime();
        for (int i = 0; i < pages; i += 2) {
            List<LoggedMessage> newest = page(HistoryRange.newest(PAGE));
            page(HistoryRange.before(newest.get(PAGE - 1).position(), PAGE));
        }
        int read = (pages + 1) / 2 * 2;
        micros.add((System.nanoTime() - start) / 1e3 / read);
        consumed = units.of(ConsumedUnits.Kind.READS) / read;
    }

    private List<LoggedMessage> page(HistoryRange range) {
        List<LoggedMessage> page =
                log.messages(talk, bob, range).toCompletableFuture().join();
        if (page.size() != PAGE) {
            throw new IllegalStateException("a page has " + page.size() + " messages");
        }
        return page;
    }

    private static void report(PageCost shorter, PageCost longer, PrintStream out) {
        out.println("A page of " + PAGE + " messages, median of " + shorter.micros.size() + " rounds [quartiles]:");
        out.println();
        out.println("| messages in the history | read units | µs |");
        out.println("|---|---|---|");
        for (PageCost each : List.of(shorter, longer)) {
            out.printf(
                    Locale.ROOT,
                    "| %,d | %.1f | %s |%n",
                    each.length,
                    each.consumed,
                    Spread.of(each.micros).whole());
        }
        out.println();
        out.println("Time in the longer one : in the shorter one = "
                + Spread.ofRatios(longer.micros, shorter.micros).fraction());
    }
}
