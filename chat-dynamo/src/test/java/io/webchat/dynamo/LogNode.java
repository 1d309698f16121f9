package io.webchat.dynamo;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.core.spi.support.Failures;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** A node's call log behind a {@link Wiretap}, and two users whom no other test has. */
public final class LogNode implements AutoCloseable {
    private static final long SECONDS = 30;

    public final Wiretap wiretap = new Wiretap();
    public final UserId alice;
    public final UserId bob;
    public final ConversationId talk;
    public final DynamoCallLogStore log;
    private final DynamoDbAsyncClient client = wiretap.client();

    /** A node with these settings. */
    public LogNode(UnaryOperator<DynamoConfigBuilder> settings) {
        this(settings, Clock.systemUTC());
    }

    /** A node with these settings and this clock. */
    public LogNode(UnaryOperator<DynamoConfigBuilder> settings, Clock clock) {
        this(settings, clock, UserId.of("alice-" + UUID.randomUUID()), UserId.of("bob-" + UUID.randomUUID()));
    }

    /** Another node that serves the same two users. */
    public LogNode(UnaryOperator<DynamoConfigBuilder> settings, LogNode other) {
        this(settings, Clock.systemUTC(), other.alice, other.bob);
    }

    private LogNode(UnaryOperator<DynamoConfigBuilder> settings, Clock clock, UserId alice, UserId bob) {
        this.alice = alice;
        this.bob = bob;
        talk = ConversationId.direct(alice, bob);
        DynamoConfigBuilder builder = DynamoConfig.builder(Tables.shared()).requestTimeout(Tables.PATIENCE);
        log = DynamoCallLogStore.create(client, settings.apply(builder).build(), clock);
    }

    /** Appends a message of alice to bob. */
    public CompletableFuture<Void> append(String text, long storedAt) {
        return append(ChatEvent.message(alice, bob, text), storedAt);
    }

    /** Appends this message. */
    public CompletableFuture<Void> append(ChatEvent.Message message, long storedAt) {
        return log.append(talk, message, storedAt).toCompletableFuture();
    }

    /** Appends a message that has never been appended. */
    public CompletableFuture<Void> appendNew(UserId author, UserId reader, String text, long storedAt) {
        return log.appendNew(talk, ChatEvent.message(author, reader, text), storedAt)
                .toCompletableFuture();
    }

    /** Appends this many messages at once, stored at consecutive milliseconds. */
    public void appendMany(int count, long from) {
        CompletableFuture<?>[] all = new CompletableFuture<?>[count];
        for (int i = 0; i < count; i++) {
            all[i] = append("text " + i, from + i);
        }
        await(CompletableFuture.allOf(all));
    }

    /** Marks messages of alice as displayed by bob. */
    public void display(long upTo) {
        await(log.mark(new Mark(talk, alice, bob, MessageStatus.DISPLAYED, MessagePosition.endOf(upTo))));
    }

    /** A page of messages, read by bob. */
    public List<LoggedMessage> messages(HistoryRange range) {
        return await(log.messages(talk, bob, range));
    }

    /** The first page of this user's conversations. */
    public List<ConversationEntry> conversations(UserId user) {
        return await(log.conversations(user, List.of(), null, 10));
    }

    /** The result of the stage. */
    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    /** The error code of a failed stage, null if the stage succeeds. */
    public static @Nullable ErrorCode failure(CompletionStage<?> stage) {
        return await(stage.handle((result, failure) -> failure == null
                ? null
                : Failures.unwrap(failure) instanceof ChatException known ? known.code() : ErrorCode.INTERNAL));
    }

    @Override
    public void close() {
        log.close();
        client.close();
    }
}
