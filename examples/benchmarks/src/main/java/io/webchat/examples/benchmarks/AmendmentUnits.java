package io.webchat.examples.benchmarks;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AmendmentBuilder;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.AmendmentOutcome;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.testing.DynamoEndpoint;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The units that DynamoDB consumes for an amendment, and for a page of history before and after amendments. */
final class AmendmentUnits {
    private static final String TEXT = "Hello there! ".repeat(8).substring(0, 100);
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final ConversationId TALK = ConversationId.direct(ALICE, BOB);
    private static final long START = 1_700_000_000_000L;
    private static final long LATER = START + 1_000_000;
    private static final int MESSAGES = 50;

    private final ConsumedUnits units;
    private final DynamoCallLogStore log;
    private final PrintStream out;

    private AmendmentUnits(ConsumedUnits units, DynamoCallLogStore log, PrintStream out) {
        this.units = units;
        this.log = log;
        this.out = out;
    }

    /** Counts them for each kind of amendment and prints a table in Markdown. */
    static void run(DynamoEndpoint endpoint, PrintStream out) {
        ConsumedUnits units = new ConsumedUnits();
        try (DynamoDbAsyncClient client = units.client(endpoint)) {
            BenchTable table = BenchTable.create(client);
            try (DynamoCallLogStore log = table.callLog()) {
                new AmendmentUnits(units, log, out).count();
            }
        }
    }

    private void count() {
        out.println("| messages of 100 characters | write units | read units |");
        out.println("|---|---|---|");
        row("a text", MESSAGES, () -> all(i -> log.appendNew(TALK, text(), START + i)));
        List<LoggedMessage> page = row("a page of " + MESSAGES, 1, this::page);
        row("a reaction", MESSAGES, () -> amend(page, 1, each -> by(BOB, each).react("👍")));
        row("an edit", MESSAGES, () -> amend(page, 2, each -> by(ALICE, each).edit(MessageContent.text(TEXT + "!"))));
        List<LoggedMessage> amended = row("a page of " + MESSAGES + " amended ones", 1, this::page);
        row(
                "a deletion",
                MESSAGES,
                () -> amend(amended, 3, each -> by(ALICE, each).delete()));
        var unused = row("a page of " + MESSAGES + " deleted ones", 1, this::page);
    }

    private static ChatEvent.Message text() {
        return ChatEvent.message(ALICE, BOB, TEXT);
    }

    private static AmendmentBuilder by(UserId user, LoggedMessage message) {
        return Amendment.by(user).of(message.message());
    }

    private <T> T row(String name, int times, Supplier<T> step) {
        units.reset();
        T result = step.get();
        double written = units.of(ConsumedUnits.Kind.MESSAGES) + units.of(ConsumedUnits.Kind.ENTRIES);
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f |%n",
                name,
                written / times,
                units.of(ConsumedUnits.Kind.READS) / times);
        return result;
    }

    private List<LoggedMessage> page() {
        return log.messages(TALK, BOB, HistoryRange.newest(MESSAGES))
                .toCompletableFuture()
                .join();
    }

    private List<?> amend(List<LoggedMessage> page, int round, Function<LoggedMessage, Amendment> change) {
        List<?> outcomes =
                all(i -> log.amend(page.get(i), change.apply(page.get(i)), LATER + (long) round * MESSAGES + i));
        if (!outcomes.stream().allMatch(AmendmentOutcome.AMENDED::equals)) {
            throw new IllegalStateException("not all were amended: " + outcomes);
        }
        return outcomes;
    }

    private static List<?> all(IntFunction<CompletionStage<?>> step) {
        List<CompletableFuture<?>> all = IntStream.range(0, MESSAGES)
                .<CompletableFuture<?>>mapToObj(i -> step.apply(i).toCompletableFuture())
                .toList();
        return all.stream().map(CompletableFuture::join).toList();
    }
}
