package io.webchat.redis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests get the shared server or servers of their own. */
@ExtendWith(RedisServers.class)
final class RedisServersTest {
    private final String key = "test:" + UUID.randomUUID();

    @Test
    void allEndpointsAreOneSharedServer(RedisEndpoint shared, RedisEndpoint again) {
        assertThat(shared).isSameAs(again).isSameAs(RedisServers.shared());
        assertThat(shared.command("SET", key, "value", "EX", "60")).isEqualTo("OK");
        assertThat(shared.command("GET", key)).isEqualTo("value");
        assertThat(shared.info("commandstats")).containsKey("cmdstat_get");
    }

    @Test
    void eachServerParameterIsAServerOfItsOwn(RedisServer one, RedisServer other, RedisEndpoint shared) {
        one.command("SET", key, "value");
        assertThat(other.command("GET", key)).isNull();
        assertThat(shared.command("GET", key)).isNull();
    }
}
