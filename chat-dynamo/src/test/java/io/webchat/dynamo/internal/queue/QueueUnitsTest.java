package io.webchat.dynamo.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.dynamo.LogNode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkRequest;

/** The read and write units of a queue, as DynamoDB counts them. ADR 0009 has the numbers. */
final class QueueUnitsTest {
    private static final Logger log = LoggerFactory.getLogger(QueueUnitsTest.class);
    private static final String TEXT = "x".repeat(100);
    private static final int MANY = 50;
    private static final int LENGTH = 10_000;

    private static double written(QueueNode node) {
        return node.wiretap.units("put", "write");
    }

    private static double read(QueueNode node) {
        return node.wiretap.units("item", "get", "query");
    }

    @Test
    void a_message_that_is_confirmed_at_once_costs_about_three_write_units() {
        try (QueueNode node = new QueueNode()) {
            node.attach();
            node.wiretap.reset();
            for (int i = 0; i < MANY; i++) {
                node.confirm(LogNode.await(node.append(node.message(TEXT))).seq());
            }
            log.info("append and confirm: {} written, {} read", written(node) / MANY, read(node) / MANY);

            assertThat(written(node) / MANY).isBetween(2.0, 3.2);
            assertThat(read(node) / MANY).isBetween(1.0, 4.0);
        }
    }

    @Test
    @Tag("full")
    void a_message_that_waits_costs_about_four_write_units_until_it_is_deleted() {
        try (QueueNode node = new QueueNode()) {
            node.attach();
            node.wiretap.reset();
            for (int i = 0; i < MANY; i++) {
                LogNode.await(node.append(node.message(TEXT)));
            }
            double appended = written(node) / MANY;
            log.info("append one by one: {} written, {} read", appended, read(node) / MANY);
            node.wiretap.reset();
            node.read(0, MANY);
            double page = read(node);
            node.wiretap.reset();
            node.confirm(node.read(0, MANY).next() - 1);
            node.queue.close();
            log.info("a page of {}: {} read; confirm and delete: {} written", MANY, page, written(node) / MANY);

            assertThat(appended).isBetween(2.5, 3.5);
            assertThat(page).isBetween(2.0, 10.0);
            assertThat(written(node) / MANY).isBetween(0.9, 1.2);
            assertThat(node.storedEvents()).isZero();
        }
    }

    @Test
    @Tag("full")
    void messages_that_wait_together_share_the_head() {
        try (QueueNode node = new QueueNode()) {
            node.appendMany(MANY);
            node.wiretap.reset();
            node.appendMany(MANY);
            log.info("append {} at once: {} written, {} read", MANY, written(node) / MANY, read(node) / MANY);

            assertThat(written(node) / MANY).isBetween(2.0, 3.2);
        }
    }

    @Test
    @Tag("full")
    void a_page_costs_the_same_at_any_length_and_a_long_queue_can_be_confirmed() {
        try (QueueNode node = new QueueNode()) {
            node.attach();
            node.appendMany(99);
            node.appendMany(1);
            List<SdkRequest> shortPage = page(node);
            double shortUnits = read(node);
            for (int i = 100; i < LENGTH - 900; i += 900) {
                node.appendMany(900);
            }
            node.appendMany(899);
            node.appendMany(1);
            List<SdkRequest> longPage = page(node);
            double longUnits = read(node);
            log.info("a page of 10 of 100: {}, of {}: {} read units", shortUnits, LENGTH, longUnits);

            assertThat(longPage).hasSameSizeAs(shortPage);
            assertThat(longUnits).isBetween(1.0, shortUnits + 12);
            assertThat(node.seqs()).hasSize(LENGTH).isSorted().doesNotHaveDuplicates();
            assertThat(node.confirm(node.read(0, 1).next() - 1)).isTrue();
            assertThat(node.seqs()).isEmpty();
        }
    }

    private static List<SdkRequest> page(QueueNode node) {
        long first = node.read(0, 1).first();
        node.wiretap.reset();
        assertThat(node.read(first + 20, 10).events()).hasSize(10);
        return List.copyOf(node.wiretap.requests);
    }
}
