package io.webchat.examples.spring.chat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the embedded chat.
 *
 * @param host the address to listen on; all addresses if it is missing
 * @param port the port for Socket.IO; 0 takes a free one
 * @param allowedOrigins the web origins whose pages may connect, such as that of this application
 * @param rest whether the Socket.IO port serves webchat's own REST API too
 * @param messagesPerSecond how many messages a user may send per second on this node
 * @param maxTextBytes the longest text, in bytes of UTF-8
 * @param pushAfter how long a message may wait for a confirmation before the {@link io.webchat.core.OfflineListener} is
 * called
 * @param shutdownGrace how long a shutdown waits for accepted sends; shorter than {@code
 * spring.lifecycle.timeout-per-shutdown-phase}
 */
@ConfigurationProperties("webchat")
public record WebchatProperties(
        @Nullable String host,
        @DefaultValue("9092") int port,
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue("false") boolean rest,
        @DefaultValue("50") int messagesPerSecond,
        @DefaultValue("16384") int maxTextBytes,
        @DefaultValue("5s") Duration pushAfter,
        @DefaultValue("10s") Duration shutdownGrace) {}
