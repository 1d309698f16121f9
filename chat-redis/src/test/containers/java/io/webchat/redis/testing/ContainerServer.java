package io.webchat.redis.testing;

import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The shared server in a container, of the image that the system property {@code redis.image} names. */
public final class ContainerServer implements SharedServer {
    private static final int PORT = 6379;

    /** The service loader makes it. */
    public ContainerServer() {}

    @Override
    public String start() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException("The profile testcontainers needs Docker, which does not answer here.");
        }
        // Never closed here: Testcontainers removes it when this JVM has ended.
        String image = Objects.requireNonNull(System.getProperty(RedisServers.IMAGE_PROPERTY));
        GenericContainer<?> redis = new GenericContainer<>(DockerImageName.parse(image));
        redis.withExposedPorts(PORT).start();
        return "redis://" + redis.getHost() + ":" + redis.getMappedPort(PORT);
    }
}
