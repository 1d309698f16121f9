package io.webchat.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The application. Its chat comes from the auto-configuration in chat-socketio. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(HostProperties.class)
public class SpringBootHost {
    /** Starts the application; see {@code application.properties}. */
    public static void main(String[] args) {
        SpringApplication.run(SpringBootHost.class, args);
    }
}
