package io.webchat.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A configuration is valid, or its error names every fault. */
final class DynamoConfigTest {
    @Test
    void all_faults_are_named_at_once() {
        DynamoConfigBuilder builder = DynamoConfig.builder("a!")
                .retention(Duration.ZERO)
                .groupCommit(Duration.ofSeconds(1))
                .batches(0)
                .flushInterval(Duration.ZERO)
                .requestTimeout(Duration.ofHours(1))
                .writeTimeout(Duration.ZERO)
                .maxWaiting(0, 0);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "the table must match",
                        "retention",
                        "groupCommit",
                        "batches",
                        "flushInterval",
                        "requestTimeout",
                        "writeTimeout",
                        "maxWaiting");
    }

    @Test
    void the_defaults_are_those_of_the_documents() {
        DynamoConfig config = DynamoConfig.of("webchat");

        assertThat(config.table()).isEqualTo("webchat");
        assertThat(config.retention()).isEmpty();
        assertThat(config.groupCommit()).isEqualTo(Duration.ofMillis(3));
        assertThat(config.batches()).isEqualTo(8);
        assertThat(config.flushInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.writeTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.maxWaiting()).isEqualTo(16_384);
        assertThat(config.maxWaitingBytes()).isEqualTo(32L << 20);
    }
}
