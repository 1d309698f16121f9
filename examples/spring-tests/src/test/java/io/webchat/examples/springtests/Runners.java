package io.webchat.examples.springtests;

import io.webchat.core.Authenticator;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Applications with the auto-configurations that webchat's jars announce. */
final class Runners {
    private Runners() {}

    /** An application without beans of its own, whose chat takes a free port. */
    static ApplicationContextRunner empty() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(announced()))
                .withPropertyValues("webchat.port=0", "webchat.host=127.0.0.1");
    }

    /** An application whose only bean is an authenticator. */
    static ApplicationContextRunner withAuthenticator() {
        return empty().withUserConfiguration(BelievingEveryone.class);
    }

    private static Class<?>[] announced() {
        return classes().toArray(Class<?>[]::new);
    }

    private static List<Class<?>> classes() {
        return ImportCandidates.load(AutoConfiguration.class, Runners.class.getClassLoader()).getCandidates().stream()
                .filter(name -> name.startsWith("io.webchat."))
                .<Class<?>>map(Runners::named)
                .toList();
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** The token is the user. */
    @Configuration(proxyBeanMethods = false)
    static class BelievingEveryone {
        @Bean
        Authenticator believing() {
            return token -> CompletableFuture.completedFuture(Principal.of(UserId.of(token)));
        }
    }
}
