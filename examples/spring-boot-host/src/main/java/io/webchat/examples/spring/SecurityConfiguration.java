package io.webchat.examples.spring;

import static org.springframework.security.config.Customizer.withDefaults;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The application's own sign-in: a password buys a token, and a token opens everything else, the chat included. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final int KEY_BYTES = 32;

    @Bean
    SecurityFilterChain requests(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable) // there are no cookies to ride on
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to("health"))
                        .permitAll()
                        .requestMatchers("/login")
                        .hasRole("USER")
                        .anyRequest()
                        .authenticated())
                .httpBasic(withDefaults())
                .oauth2ResourceServer(server -> server.jwt(withDefaults()))
                .build();
    }

    @Bean
    PasswordEncoder passwords() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    UserDetailsService users(PasswordEncoder passwords) {
        return new InMemoryUserDetailsManager(
                User.withUsername("alice")
                        .password(passwords.encode("wonderland"))
                        .roles("USER")
                        .build(),
                User.withUsername("bob")
                        .password(passwords.encode("builders-tea"))
                        .roles("USER")
                        .build());
    }

    @Bean
    SecretKey tokenKey(HostProperties properties) {
        byte[] key = new byte[KEY_BYTES];
        if (properties.jwtSecret() == null) {
            new SecureRandom().nextBytes(key);
        } else {
            key = properties.jwtSecret().getBytes(StandardCharsets.UTF_8);
        }
        if (key.length < KEY_BYTES) {
            throw new IllegalArgumentException("host.jwt-secret must have 32 bytes or more, as HS256 asks for");
        }
        return new SecretKeySpec(key, "HmacSHA256");
    }

    @Bean
    JwtDecoder tokenDecoder(SecretKey tokenKey) {
        return NimbusJwtDecoder.withSecretKey(tokenKey).build();
    }

    @Bean
    JwtEncoder tokenEncoder(SecretKey tokenKey) {
        return NimbusJwtEncoder.withSecretKey(tokenKey).build();
    }
}
