package io.webchat.dynamo.internal.queue;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.Envelope;
import io.webchat.core.UserId;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueSlice;
import io.webchat.dynamo.DynamoAccess;
import io.webchat.dynamo.DynamoConfig;
import io.webchat.dynamo.DynamoConfigBuilder;
import io.webchat.dynamo.DynamoOfflineQueue;
import io.webchat.dynamo.LogNode;
import io.webchat.dynamo.Tables;
import io.webchat.dynamo.Wiretap;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** A node's queues behind a {@link Wiretap}, and two users whom no other test has. */
final class QueueNode implements AutoCloseable {
    static final DeviceId PHONE = DeviceId.of("phone");
    static final int ALL = 100_000;

    final Wiretap wiretap = new Wiretap();
    final UserId alice;
    final UserId bob;
    final DynamoOfflineQueue queue;
    private final QueueLimits limits;
    private final Clock clock;
    private final DynamoDbAsyncClient client = wiretap.client();

    QueueNode() {
        this(each -> each, QueueLimits.DEFAULT, Clock.systemUTC());
    }

    QueueNode(UnaryOperator<DynamoConfigBuilder> settings, QueueLimits limits, Clock clock) {
        this(settings, limits, clock, UserId.of("alice-" + UUID.randomUUID()), UserId.of("bob-" + UUID.randomUUID()));
    }

    private QueueNode(
            UnaryOperator<DynamoConfigBuilder> settings, QueueLimits limits, Clock clock, UserId alice, UserId bob) {
        DynamoConfigBuilder builder = DynamoConfig.builder(Tables.shared())
                .requestTimeout(Tables.PATIENCE)
                .writeTimeout(Tables.PATIENCE);
        this.limits = limits;
        this.clock = clock;
        this.alice = alice;
        this.bob = bob;
        queue = DynamoAccess.queue(client, settings.apply(builder).build(), limits, clock);
    }

    /** Another node, with the same users. */
    QueueNode another() {
        return new QueueNode(each -> each, limits, clock, alice, bob);
    }

    ChatEvent.Message message(String text) {
        return ChatEvent.message(alice, bob, text);
    }

    CompletableFuture<Appended> append(ChatEvent event) {
        return queue.append(bob, event).toCompletableFuture();
    }

    /** Appends this many messages at once; returns their Seqs. */
    List<Long> appendMany(int count) {
        List<CompletableFuture<Appended>> all = IntStream.range(0, count)
                .mapToObj(i -> append(message("text " + i)))
                .toList();
        return all.stream().map(each -> LogNode.await(each).seq()).toList();
    }

    long attach() {
        return LogNode.await(queue.attach(bob, PHONE, 0)).cursor();
    }

    boolean confirm(long upTo) {
        return LogNode.await(queue.confirm(bob, PHONE, 0, upTo));
    }

    QueueSlice read(long after, int limit) {
        return LogNode.await(queue.read(bob, after, limit));
    }

    List<String> texts() {
        return read(0, ALL).events().stream().map(QueueNode::text).toList();
    }

    List<Long> seqs() {
        return read(0, ALL).events().stream().map(Envelope::seq).toList();
    }

    static String text(Envelope envelope) {
        return ((ChatEvent.Message) envelope.event()).text();
    }

    /** The sort keys of all items of bob's queue. */
    List<String> stored() {
        return LogNode.await(Tables.CLIENT.query(query -> query.tableName(Tables.shared())
                        .consistentRead(true)
                        .keyConditionExpression("pk = :queue")
                        .expressionAttributeValues(Map.of(":queue", Item.text(QueueKeys.queue(bob))))))
                .items()
                .stream()
                .map(each -> Item.text(each, TableKeys.SK))
                .toList();
    }

    /** The number of events that are items of their own. */
    long storedEvents() {
        return stored().stream()
                .filter(each -> each.startsWith(QueueKeys.EVENTS))
                .count();
    }

    @Override
    public void close() {
        queue.close();
        client.close();
    }
}
