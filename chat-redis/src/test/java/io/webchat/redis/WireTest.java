package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

@ExtendWith(RedisServers.class)
final class WireTest {
    private static final CommandArguments PING = new CommandArguments(Command.PING);

    private static Wire wire(RedisEndpoint server) {
        RedisConfig config = RedisConfig.of(server.url());
        return config.connect(config.servers().get(0));
    }

    @Test
    void aConnectionThatIsLostStaysLost(RedisEndpoint shared) {
        Wire wire = wire(shared);
        wire.write(PING);
        wire.drop();
        assertThatThrownBy(() -> wire.write(PING)).isInstanceOf(JedisConnectionException.class);
        assertThatThrownBy(wire::connect).isInstanceOf(JedisConnectionException.class);
        assertThat(wire.isConnected()).isFalse();
    }

    @Test
    void refusalsAreReplies(RedisEndpoint shared) {
        Wire wire = wire(shared);
        wire.write(new CommandArguments(Command.GET));
        wire.write(PING);
        wire.flush();
        assertThat(wire.read()).isInstanceOf(JedisDataException.class);
        assertThat(wire.read()).isEqualTo(Harness.bytes("PONG"));
        wire.drop();
    }
}
