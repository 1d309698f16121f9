package io.webchat.redis.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.redis.RedisConfig;
import io.webchat.redis.TestCommands;
import io.webchat.redis.TestConfigs;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** A dropped connection stays closed, and error replies are returned as replies. */
@ExtendWith(RedisServers.class)
final class ServerConnectionTest {
    private static final CommandArguments PING = new CommandArguments(Command.PING);

    private static ServerConnection wire(RedisEndpoint server) {
        RedisConfig config = RedisConfig.of(server.url());
        return TestConfigs.connect(config);
    }

    @Test
    void aDroppedConnectionStaysClosed(RedisEndpoint shared) {
        ServerConnection wire = wire(shared);
        wire.write(PING);
        wire.drop();
        assertThatThrownBy(() -> wire.write(PING)).isInstanceOf(JedisConnectionException.class);
        assertThatThrownBy(wire::connect).isInstanceOf(JedisConnectionException.class);
        assertThat(wire.isConnected()).isFalse();
    }

    @Test
    void errorRepliesAreReplies(RedisEndpoint shared) {
        ServerConnection wire = wire(shared);
        wire.write(new CommandArguments(Command.GET));
        wire.write(PING);
        wire.flush();
        assertThat(wire.read()).isInstanceOf(JedisDataException.class);
        assertThat(wire.read()).isEqualTo(TestCommands.bytes("PONG"));
        wire.drop();
    }
}
