package io.webchat.dynamo.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatEvent;
import io.webchat.core.ErrorCode;
import io.webchat.dynamo.LogNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * A node may die between any two requests, or before any answer. Another node goes on, and no event is lost or doubled.
 */
final class QueueCrashTest {
    private static final String LONG = "x".repeat(400);
    private static final int MAX_REQUESTS = 100;

    /** Fails with the request of this number and all later ones. */
    private static Predicate<SdkRequest> from(int number, AtomicInteger counter) {
        return request -> counter.getAndIncrement() >= number;
    }

    /** If a step fails on the dying node, the caller repeats it on the other one, as an engine does. */
    private record Callers(QueueNode dying, QueueNode other) {
        <T> T call(Supplier<CompletionStage<T>> there, Supplier<CompletionStage<T>> here) {
            CompletableFuture<T> answer = there.get().toCompletableFuture();
            return LogNode.await(answer.exceptionallyCompose(failure -> here.get()));
        }

        long append(ChatEvent event) {
            return call(() -> dying.append(event), () -> other.append(event)).seq();
        }

        boolean confirm(long upTo) {
            return call(
                    () -> dying.queue.confirm(dying.bob, QueueNode.PHONE, 0, upTo),
                    () -> other.queue.confirm(dying.bob, QueueNode.PHONE, 0, upTo));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void G1_a_node_that_dies_at_every_fifth_request_loses_and_doubles_nothing(boolean answered) {
        assertNothingLostOrDoubled(answered, 5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("full")
    void G1_a_node_that_dies_at_any_request_loses_and_doubles_nothing(boolean answered) {
        assertNothingLostOrDoubled(answered, 1);
    }

    private static void assertNothingLostOrDoubled(boolean answered, int step) {
        boolean died = true;
        for (int number = 0; died && number < MAX_REQUESTS; number += step) {
            AtomicInteger counter = new AtomicInteger();
            try (QueueNode dying = new QueueNode();
                    QueueNode other = dying.another()) {
                other.attach();
                if (answered) {
                    dying.wiretap.lost = from(number, counter);
                } else {
                    dying.wiretap.cut = from(number, counter);
                }
                converse(new Callers(dying, other));
            }
            died = counter.get() > number;
        }
        assertThat(died).as("the last round went through undisturbed").isFalse();
    }

    private static void converse(Callers callers) {
        List<String> sent = new ArrayList<>();
        List<Long> seqs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sent.add(i + LONG);
            seqs.add(callers.append(callers.dying.message(i + LONG)));
        }
        QueueNode other = callers.other;
        assertThat(seqs).isSorted().doesNotHaveDuplicates();
        assertThat(other.texts()).isEqualTo(sent);
        assertThat(callers.confirm(seqs.get(3))).isTrue();
        assertThat(other.texts()).isEqualTo(sent.subList(4, 6));
        callers.append(callers.dying.message("next"));
        assertThat(other.texts()).hasSize(3).endsWith("next");

        assertThat(other.confirm(other.read(0, QueueNode.ALL).next() - 1)).isTrue();
        LogNode.await(other.append(other.message("last")));
        assertThat(other.texts()).containsExactly("last");
        assertThat(other.storedEvents())
                .as("items that nobody waits for, but for a copy that was made by the node that died")
                .isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void G9_one_failed_request_refuses_its_callers_and_no_others(boolean answered) {
        try (QueueNode node = new QueueNode()) {
            node.attach();
            node.appendMany(3);
            AtomicInteger counter = new AtomicInteger();
            Predicate<SdkRequest> once = request -> request instanceof PutItemRequest && counter.getAndIncrement() == 0;
            if (answered) {
                node.wiretap.lost = once;
            } else {
                node.wiretap.cut = once;
            }
            ChatEvent.Message message = node.message("refused");
            assertThat(LogNode.failure(node.append(message))).isEqualTo(ErrorCode.UNAVAILABLE);

            assertThat(LogNode.await(node.append(message)).duplicate()).isEqualTo(answered);
            assertThat(node.texts()).hasSize(4).endsWith("refused");
        }
    }
}
