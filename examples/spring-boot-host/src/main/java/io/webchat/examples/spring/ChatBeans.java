package io.webchat.examples.spring;

import io.webchat.core.OfflineListener;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The application's beans for its chat. The {@code JwtDecoder} of {@link SecurityConfiguration} checks the tokens of the
 * chat too, so the chat needs no authenticator.
 */
@Configuration(proxyBeanMethods = false)
class ChatBeans {
    private static final Logger LOG = LoggerFactory.getLogger(ChatBeans.class);

    @Bean
    OfflineListener push(HostProperties properties) {
        URI gateway = properties.pushUrl();
        return gateway == null
                ? missed -> LOG.info("{} is away: a message of {} waits", missed.user(), missed.title())
                : new PushNotifications(gateway);
    }
}
