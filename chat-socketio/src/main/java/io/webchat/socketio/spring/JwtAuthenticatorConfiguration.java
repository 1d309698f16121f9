package io.webchat.socketio.spring;

import io.webchat.core.Authenticator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** The default authenticator of an application that checks JSON Web Tokens already. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JwtDecoder.class)
class JwtAuthenticatorConfiguration {
    /** Accepts the tokens that the application accepts. */
    @Bean(destroyMethod = "close")
    @ConditionalOnBean(JwtDecoder.class)
    @ConditionalOnMissingBean(Authenticator.class)
    JwtAuthenticator jwtAuthenticator(JwtDecoder decoder, WebchatProperties properties) {
        return new JwtAuthenticator(decoder, properties.jwt().userClaim());
    }
}
