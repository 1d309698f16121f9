package io.webchat.examples.server.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The values of the storage options that are refused, and those that an operator is warned of. */
class StorageOptionsTest {
    @Command
    private static final class Holder {
        @Mixin
        private final ServerOptions options = new ServerOptions();
    }

    private static ServerOptions parse(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder.options;
    }

    @ParameterizedTest
    @CsvSource({
        "redis-sentinel://s1:26379/master, 0, true",
        "rediss-sentinel://s1:26379/master, 0, true",
        "redis-sentinel://s1:26379/master, 1, false",
        "redis://localhost, 0, false",
        "redis-cluster://localhost, 0, false"
    })
    void warnsOfSentinelWithoutReplicas(String url, String replicas, boolean warned) {
        StorageOptions storage =
                parse("--redis", url, "--redis-replicas", replicas).storage();

        assertThat(storage.warnings()).hasSize(warned ? 1 : 0).allMatch(each -> each.contains("--redis-replicas 1"));
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "?replicas=0, 1", "?replicas=1, 0", "?replicas=2&commandTimeout=2s, 0"})
    void theReplicasOfTheUrlCountWithoutTheOption(String parameters, int warnings) {
        StorageOptions storage = parse("--redis", "redis-sentinel://s1:26379/master" + parameters)
                .storage();

        assertThat(storage.warnings()).hasSize(warnings);
    }

    @Test
    void theOptionOverridesTheReplicasOfTheUrl() {
        String url = "redis-sentinel://s1:26379/master?replicas=1";

        assertThat(parse("--redis", url, "--redis-replicas", "0").storage().warnings())
                .hasSize(1);
    }

    @Test
    void refusesReplicasThatAreNoNumber() {
        assertThatThrownBy(() -> parse("--redis-replicas=one")).hasMessageContaining("'one' is not a number");
    }

    @Test
    void refusesReplicasOutOfRange() {
        assertThatThrownBy(() -> parse("--redis-replicas=11").check())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--redis-replicas must be 0 to 10, not 11");
    }

    @ParameterizedTest
    @CsvSource({
        "http://dynamo_db:8000, has an underscore",
        "http://my_host, has an underscore",
        "ftp://host, 'must be aws, http://host:port or https://host:port'",
        "host:8000, 'must be aws, http://host:port or https://host:port'"
    })
    void saysWhyAnAddressOfDynamoDbCannotBeUsed(String address, String reason) {
        assertThatThrownBy(() -> parse("--dynamo", address).check())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--dynamo: ")
                .hasMessageContaining(reason);
    }
}
