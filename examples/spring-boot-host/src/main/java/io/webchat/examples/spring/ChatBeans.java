package io.webchat.examples.spring;

import io.webchat.core.Authenticator;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.OfflineListener;
import io.webchat.core.Principal;
import io.webchat.core.UserId;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** The application's beans for its chat: who holds a token, and whom to notify. */
@Configuration(proxyBeanMethods = false)
class ChatBeans {
    private static final Logger LOG = LoggerFactory.getLogger(ChatBeans.class);

    /** On a thread of the application's: a decoder that fetches its keys blocks, and a network thread must not. */
    @Bean
    Authenticator authenticator(JwtDecoder decoder, @Qualifier("applicationTaskExecutor") Executor executor) {
        return token -> CompletableFuture.supplyAsync(() -> principalOf(decoder, token), executor);
    }

    private static Principal principalOf(JwtDecoder decoder, String token) {
        try {
            Jwt jwt = decoder.decode(token);
            Principal principal = Principal.of(UserId.of(jwt.getSubject())).withClaims(jwt.getClaims());
            Instant expiry = jwt.getExpiresAt();
            return expiry == null ? principal : principal.until(expiry);
        } catch (JwtException e) {
            throw new ChatException(ErrorCode.UNAUTHORIZED, "the token is wrong or has expired", e);
        }
    }

    @Bean
    OfflineListener push(HostProperties properties) {
        URI gateway = properties.pushUrl();
        return gateway == null
                ? (user, message) -> LOG.info("{} is away: a message of {} waits", user, message.from())
                : new PushNotifications(gateway);
    }
}
