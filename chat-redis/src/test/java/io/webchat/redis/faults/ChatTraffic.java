package io.webchat.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ids.UserId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/**
 * Pairs of an author and a reader on two nodes. Every author sends one message after the other, and every reader
 * remembers the messages that it has seen. Meanwhile the test causes faults.
 */
final class ChatTraffic implements AutoCloseable {
    private final List<SendingUser> authors;
    private final List<ReceivingUser> readers;

    /** Starts these pairs. Half of the authors are on each node; each reader is on the other node than its author. */
    ChatTraffic(Chat one, Chat two, int pairs) {
        String run = UUID.randomUUID().toString().substring(0, 8);
        readers = IntStream.range(0, pairs)
                .mapToObj(i -> new ReceivingUser(UserId.of("reader" + i + "-" + run), i % 2 == 0 ? two : one))
                .toList();
        authors = IntStream.range(0, pairs)
                .mapToObj(i -> new SendingUser(
                        UserId.of("author" + i + "-" + run), readers.get(i).user(), i % 2 == 0 ? one : two))
                .toList();
        authors.forEach(SendingUser::start);
    }

    /** Waits until the assertion holds. */
    static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    List<SendingUser> authors() {
        return authors;
    }

    List<ReceivingUser> readers() {
        return readers;
    }

    /** Waits until this number of further messages of every author is acknowledged. */
    void flows(int messages) {
        List<Integer> before = authors.stream().map(SendingUser::acknowledged).toList();
        await(() -> {
            for (int i = 0; i < authors.size(); i++) {
                assertThat(authors.get(i).acknowledged())
                        .as("acknowledged to author %s", i)
                        .isGreaterThanOrEqualTo(before.get(i) + messages);
            }
        });
    }

    /** Stops the authors. Every reader then has seen all acknowledged messages once and in order. */
    void assertNothingLost() {
        authors.forEach(SendingUser::stop);
        for (int i = 0; i < authors.size(); i++) {
            assertReceived(authors.get(i).sent(), readers.get(i));
        }
    }

    /** Waits until the reader has all these messages. It then has seen them once and in order. */
    static void assertReceived(List<String> sent, ReceivingUser reader) {
        await(() -> {
            reader.look();
            assertThat(reader.seen()).containsAll(sent);
        });
        assertThat(reader.seen()).as("in the order in which they were sent").containsExactlyElementsOf(sent);
        assertThat(reader.violations()).isEmpty();
    }

    @Override
    public void close() {
        authors.forEach(SendingUser::stop);
        readers.forEach(ReceivingUser::close);
    }
}
