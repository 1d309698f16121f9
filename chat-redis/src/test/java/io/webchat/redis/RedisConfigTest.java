package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.exceptions.JedisException;

/** A configuration reads URLs, reports all faults at once, and never shows a secret. */
final class RedisConfigTest {
    private static RedisCredentials login(RedisConfig config) {
        return Objects.requireNonNull(config.jedis().getCredentialsProvider().get());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "redis://localhost redis://localhost:6379/0",
                "redis://h:1/7 redis://h:1/7",
                "redis://h:1/ redis://h:1/0",
                "rediss://u:p@h rediss://h:6379/0",
                "redis://[::1]:6380 redis://::1:6380/0",
                "redis-sentinel://a,b:2/main redis-sentinel://a:26379,b:2/main",
                "rediss-sentinel://a/m rediss-sentinel://a:26379/m",
                "redis-cluster://:p@a,[fe80::1]:7 redis-cluster://a:6379,fe80::1:7",
                "rediss-cluster://a:1/ rediss-cluster://a:1"
            })
    void urlsAreRead(String url, String shown) {
        assertThat(RedisConfig.of(url)).hasToString(shown);
    }

    @Test
    void credentialsAreDecoded() {
        RedisCredentials login = login(RedisConfig.of("redis://al%40ce:p+%2F%3A%C3%A9:@h"));
        assertThat(login.getUser()).isEqualTo("al@ce");
        assertThat(login.getPassword()).isEqualTo("p+/:é:".toCharArray());
        assertThat(login(RedisConfig.of("redis://:only@h")).getUser()).isNull();
        assertThat(RedisConfig.of("redis://h").jedis().getCredentialsProvider().get())
                .isNull();
    }

    @Test
    void addressesOfIpVersion6LoseTheirBrackets() {
        assertThat(RedisConfig.of("redis://[::1]:7").servers()).containsExactly(new HostAndPort("::1", 7));
    }

    @Test
    void aUrlMayContainSettings() {
        RedisConfig config = RedisConfig.of("redis://h?prefix=a&connections=4&commandTimeout=500ms&connectTimeout=2s");
        assertThat(config.keyPrefix()).isEqualTo("a");
        assertThat(config.connections()).isEqualTo(4);
        assertThat(config.commandTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.jedis().getConnectionTimeoutMillis()).isEqualTo(2000);
    }

    @Test
    void theBuilderOverridesTheUrl() {
        RedisConfigBuilder builder =
                RedisConfig.builder("redis://u:p@h?prefix=a").keyPrefix("b");
        RedisConfig config = builder.password("q").build();
        builder.keyPrefix("c");

        assertThat(config.keyPrefix()).isEqualTo("b");
        assertThat(login(config).getUser()).isEqualTo("u");
        assertThat(login(config).getPassword()).isEqualTo("q".toCharArray());
    }

    @Test
    void theFailureOfASupplierHidesItsMessage() {
        IllegalStateException fault = new IllegalStateException("secret", new IOException("secret"));
        RedisConfig config = RedisConfig.builder("redis://h")
                .password(() -> {
                    throw fault;
                })
                .build();

        StringWriter log = new StringWriter();
        assertThatThrownBy(() -> login(config))
                .isInstanceOf(JedisException.class)
                .satisfies(failure -> {
                    failure.printStackTrace(new PrintWriter(log));
                    assertThat(failure.getStackTrace()).isEqualTo(fault.getStackTrace());
                });
        assertThat(log.toString()).contains("java.lang.IllegalStateException").doesNotContain("secret");
    }

    @Test
    void passwordsMayRotate() {
        String[] secret = {"one"};
        RedisConfig config =
                RedisConfig.builder("redis://h").password(() -> secret[0]).build();
        assertThat(login(config).getPassword()).isEqualTo("one".toCharArray());
        secret[0] = "two";
        assertThat(login(config).getPassword()).isEqualTo("two".toCharArray());
    }

    @Test
    void allFaultsAreReportedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisConfig.builder("valkey://u%zz:p@a:0,b c/x?what=1&connections=99")
                        .keyPrefix("a{b")
                        .clientName("a b")
                        .connectTimeout(Duration.ZERO)
                        .commandTimeout(Duration.ofSeconds(Long.MAX_VALUE))
                        .maxWaiting(0, 0)
                        .username("alice")
                        .trustStore(Path.of("missing"), "secret")
                        .build())
                .withMessageContainingAll(
                        "redis-cluster://",
                        "a % in the user",
                        "port of server 1",
                        "server 2 must be",
                        "a cluster has no database",
                        "the parameters of a URL are",
                        "keyPrefix",
                        "clientName",
                        "connectTimeout",
                        "commandTimeout",
                        "maxWaiting commands",
                        "maxWaiting bytes",
                        "connections must be 1 to 16",
                        "needs a URL with TLS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:6379",
                "redis:/h",
                "redis://",
                "redis://:6379",
                "redis://h:65536",
                "redis://h:",
                "redis://h:1x",
                "redis://a,b",
                "redis://a,",
                "redis://h/x",
                "redis://h/-1",
                "redis://user@h",
                "redis://h?prefix=a&prefix=b",
                "redis://h?prefix",
                "redis://h?prefix={",
                "redis://h?commandTimeout=3",
                "redis://h?connections=",
                "redis-sentinel://h",
                "redis-sentinel://h/",
                "redis-sentinel://h/a/b",
                "redis-cluster://h/1",
                "REDIS://h",
                "redis://h h"
            })
    void invalidUrlsAreRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisConfig.of(url))
                .withMessageStartingWith("invalid Redis configuration: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://user:hunter2@h:x",
                "redis://user:hun/hunter2@h",
                "redis://user:hun?hunter2@h",
                "redis://user:hun?hunter2=hunter2@h",
                "redis://user:hunter2%@h",
                "redis://hunter2@h",
                "redis://h:hunter2",
                "redis://hunter2:@h:y",
                "hunter2://h",
                "user:hunter2@h",
                "redis://user:hunter2@@h@ h",
                "redis-sentinel://user:hunter2@h/na/me",
                "redis://user:p#hunter2@h:x"
            })
    void faultMessagesContainNoSecret(String url) {
        assertThatThrownBy(() -> RedisConfig.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void theTextFormContainsNoSecret() {
        RedisConfig config = RedisConfig.builder("redis-sentinel://hunter2:hunter2@h/m")
                .sentinelLogin("hunter2", "hunter2")
                .build();
        assertThat(config.toString()).doesNotContain("hunter2");
        assertThat(String.valueOf(config.jedis().getCredentialsProvider())).doesNotContain("hunter2");
    }
}
