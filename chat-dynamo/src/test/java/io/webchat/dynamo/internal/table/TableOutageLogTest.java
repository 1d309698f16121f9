package io.webchat.dynamo.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** An outage is logged in a few lines, however many writes fail. */
final class TableOutageLogTest {
    private static final String WARNING =
            "the DynamoDB table webchat cannot be used: broken; requests fail until it can";
    private static final String RETURN = "the DynamoDB table webchat can be used again";

    private final Logger logger = (Logger) LoggerFactory.getLogger(TableOutageLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong now = new AtomicLong();
    private final TableOutageLog log = new TableOutageLog("webchat", now::get);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            log.failed(new IllegalStateException("broken"));
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private List<String> lines() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void many_failures_are_one_line_and_their_end_is_one_line() {
        fail(100);
        pass(Duration.ofSeconds(3));
        log.succeeded();
        log.succeeded();

        assertThat(lines()).containsExactly(WARNING, RETURN);
    }

    @Test
    void an_outage_that_lasts_is_repeated_once_per_minute() {
        fail(10);
        pass(Duration.ofSeconds(59));
        fail(10);
        pass(Duration.ofSeconds(1));
        fail(10);

        assertThat(lines()).containsExactly(WARNING, WARNING);
    }

    @Test
    void successes_between_failures_are_not_the_end() {
        fail(1);
        log.succeeded();
        pass(Duration.ofSeconds(1));
        fail(1);
        log.succeeded();

        assertThat(lines()).containsExactly(WARNING);
    }

    @Test
    void a_new_outage_is_logged_again() {
        fail(1);
        pass(Duration.ofSeconds(2));
        log.succeeded();
        fail(1);

        assertThat(lines()).containsExactly(WARNING, RETURN, WARNING);
    }

    @Test
    void success_without_a_failure_logs_nothing() {
        log.succeeded();

        assertThat(lines()).isEmpty();
    }
}
