package io.webchat.socketio.spring;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the embedded chat.
 *
 * @param enabled whether the application has a chat
 * @param host the address to listen on; all addresses if it is missing
 * @param port the port for Socket.IO and REST; 0 takes a free one
 * @param allowedOrigins the web origins whose pages may connect, such as that of this application; * allows all
 * @param allowedHosts the host names under which clients reach the server, besides localhost and the hosts of the
 *     allowed origins; * allows all
 * @param trustedProxies the addresses or CIDR blocks of proxies that tell the address of the client
 * @param basePath the path below which Socket.IO and REST are
 * @param rest whether the port serves the REST API and the health probes of webchat too
 * @param requestsPerSecond how many REST requests a user may make per second on this node; 0 means no limit
 * @param refusedTokensPerSecond how many refused tokens an address may send per second; 0 means no limit
 * @param shutdownGrace how long a shutdown waits for accepted messages; shorter than
 *     spring.lifecycle.timeout-per-shutdown-phase
 * @param limits the limits of users and rooms
 * @param jwt the default authenticator, which exists if the application has a JwtDecoder
 */
@ConfigurationProperties("webchat")
public record WebchatProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String host,
        @DefaultValue("9092") int port,
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue List<String> allowedHosts,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("/") String basePath,
        @DefaultValue("true") boolean rest,
        @DefaultValue("50") int requestsPerSecond,
        @DefaultValue("5") int refusedTokensPerSecond,
        @DefaultValue("10s") Duration shutdownGrace,
        @DefaultValue Limits limits,
        @DefaultValue Jwt jwt) {
    /**
     * The limits of users and rooms. A bean of type {@code ChatConfig} takes the place of all of them.
     *
     * @param maxTextBytes the longest text of a message, in bytes of UTF-8
     * @param maxDataBytes the largest Data of a message, in bytes of UTF-8
     * @param messagesPerSecond how many messages a user may send per second on this node
     * @param signalsPerSecond how many signals, such as typing, a user may send per second on this node
     * @param openingsPerSecond how many sessions a user may open per second on this node
     * @param maxSessionsPerUser how many devices of a user may be connected to this node
     * @param maxRoomMembers how many members a room may have
     * @param maxRoomsPerUser how many rooms a user may be in
     * @param maxBlocks how many users a user may block
     * @param pushAfter how long a message may wait for a confirmation before the offline listener is called
     */
    public record Limits(
            @DefaultValue("16384") int maxTextBytes,
            @DefaultValue("8192") int maxDataBytes,
            @DefaultValue("50") int messagesPerSecond,
            @DefaultValue("20") int signalsPerSecond,
            @DefaultValue("10") int openingsPerSecond,
            @DefaultValue("50") int maxSessionsPerUser,
            @DefaultValue("1000") int maxRoomMembers,
            @DefaultValue("1000") int maxRoomsPerUser,
            @DefaultValue("1000") int maxBlocks,
            @DefaultValue("5s") Duration pushAfter) {}

    /**
     * The authenticator of JSON Web Tokens.
     *
     * @param userClaim the claim that holds the user id
     */
    public record Jwt(@DefaultValue("sub") String userClaim) {}
}
