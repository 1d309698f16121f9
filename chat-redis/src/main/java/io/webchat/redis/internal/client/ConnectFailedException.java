package io.webchat.redis.internal.client;

import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** An attempt to connect to one server failed. The message contains the address and the reason, but no secret. */
final class ConnectFailedException extends JedisConnectionException {
    private static final long serialVersionUID = 1L;

    ConnectFailedException(String server, JedisException cause) {
        super("cannot connect to " + server + ": " + ConnectionDiagnosis.reason(cause), cause);
    }
}
