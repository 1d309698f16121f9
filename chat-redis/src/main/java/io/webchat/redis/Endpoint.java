package io.webchat.redis;

/** Where to connect to, as far as that is known at this moment. */
interface Endpoint {
    /**
     * A new connection to the server, authenticated. Blocks for the connect time-out at most.
     *
     * @throws redis.clients.jedis.exceptions.JedisException when there is none to be had
     */
    Wire connect();
}
