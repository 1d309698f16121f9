package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.webchat.core.Authenticator;
import io.webchat.core.Chat;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.SocketIoServer;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe for nginx and the configuration to which it points work together. Without nginx the test is skipped. */
@Tag("process")
class NginxRecipeTest {
    private static final String RECIPE = "BehindNginx";
    private static final String PREFIX = "location /chat/";

    private static SocketIoServer startRecipe(Path classes, Chat chat) throws Exception {
        JavaSource recipe = Page.read("docs/recipes.md").blocks("java").stream()
                .map(JavaSource::of)
                .filter(each -> each.name().equals(RECIPE))
                .findFirst()
                .orElseThrow();
        // A free port in place of the one on the page.
        JavaSource onFreePort = new JavaSource(RECIPE, recipe.code().replace(".port(9092)", ".port(0)"));
        assertThat(Compiled.into(classes, List.of(onFreePort))).isEmpty();
        Method start =
                Compiled.loader(classes).loadClass(RECIPE).getDeclaredMethod("start", Chat.class, Authenticator.class);
        start.setAccessible(true);
        Authenticator believing = token -> CompletableFuture.completedFuture(Principal.of(UserId.of(token)));
        return (SocketIoServer) start.invoke(null, chat, believing);
    }

    private static String configuration() {
        List<String> withPrefix = Page.read("docs/behind-a-proxy.md").blocks("nginx").stream()
                .map(Block::text)
                .filter(text -> text.contains(PREFIX))
                .toList();
        assertThat(withPrefix).hasSize(1);
        return withPrefix.get(0);
    }

    @Test
    void theRecipeWorksBehindTheConfigurationOnThePageOfProxies(@TempDir Path folder) throws Exception {
        assumeTrue(Nginx.program().isPresent(), "there is no nginx on this machine");
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path site = Files.createDirectory(folder.resolve("site"));
        Chat chat = Chat.inMemory();
        SocketIoServer server = startRecipe(classes, chat);
        try (Nginx nginx = Nginx.start(site, configuration().replace(":9092", ":" + server.port()))) {
            new Visitor(nginx, "example.com", "/chat/", null).useChat();
        } finally {
            server.close(Duration.ofMillis(100));
            chat.close(Duration.ZERO);
        }
    }
}
