package io.webchat.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** A restart of Redis prints one warning without a stack trace, and one line when the server answers again. */
@ExtendWith(RedisServers.class)
@Tag("fault")
@Tag("process")
final class OutageLogTest extends FaultsFixture {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.webchat.redis");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(appender);
    }

    @Test
    void G9_aRestartIsLoggedOnceWithTheAddress() {
        RedisServers.assumeOwnServers();
        RedisServer redis = opened(RedisServer.builder().start());
        ChatTraffic traffic = traffic(impatient(redis.url()), impatient(redis.url()));
        appender.list.clear();

        redis.restartEmpty();
        traffic.flows(10);

        // Two nodes, each with several connections.
        await().untilAsserted(() -> assertThat(lines())
                .filteredOn(line -> line.getLevel().equals(Level.INFO))
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains("answers again"))
                .hasSize(2)
                .allMatch(line -> line.contains("127.0.0.1:" + redis.port())));
        assertThat(lines())
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .extracting(ILoggingEvent::getFormattedMessage)
                .hasSize(2)
                .allMatch(line -> line.contains("127.0.0.1:" + redis.port()));
        assertThat(lines())
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
                .as("no stack trace")
                .allMatch(line -> line.getThrowableProxy() == null);
    }

    private List<ILoggingEvent> lines() {
        synchronized (appender) {
            return List.copyOf(appender.list);
        }
    }
}
