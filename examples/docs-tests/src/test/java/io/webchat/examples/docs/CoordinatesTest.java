package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** Dependencies that a page tells to add exist, in the version that this project has. */
class CoordinatesTest {
    private static final Poms POMS = new Poms();

    static List<Block> xml() {
        return Page.all().stream().flatMap(page -> page.blocks("xml").stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("xml")
    void dependenciesAreThoseOfThisProject(Block block) throws IOException {
        // Several elements may stand side by side.
        String whole = block.text().replaceFirst("<\\?xml.*\\?>\n", "");
        List<Element> dependencies = Poms.elements(Poms.parse("<x>" + whole + "</x>"), "dependency");

        assertThat(dependencies).as(block.where()).isNotEmpty().allSatisfy(each -> {
            String artifact = Poms.child(each, "artifactId");
            assertThat(POMS.versions).as(block.where()).containsKey(artifact);
            // A module without a version takes it from the BOM on the same page.
            String version = Poms.child(each, "version");
            assertThat(version.isEmpty() ? bomOn(block, artifact) : version)
                    .as(artifact)
                    .isEqualTo(POMS.versions.get(artifact));
        });
    }

    private static String bomOn(Block block, String artifact) {
        String bom = artifact.startsWith("spring-boot-") ? "spring-boot-dependencies" : "webchat-bom";
        return block.text().contains("<artifactId>" + bom + "</artifactId>") ? POMS.versions.getOrDefault(bom, "") : "";
    }

    @ParameterizedTest
    @MethodSource("xml")
    void pluginsAreThoseOfTheBuild(Block block) throws IOException {
        String whole = block.text().replaceFirst("<\\?xml.*\\?>\n", "");
        for (Element each : Poms.elements(Poms.parse("<x>" + whole + "</x>"), "plugin")) {
            String artifact = Poms.child(each, "artifactId");
            assertThat(POMS.plugins).as(block.where()).containsEntry(artifact, Poms.child(each, "version"));
        }
    }

    @Test
    void theBomHasTheVersionsOfTheBuild() throws IOException {
        Map<String, String> own = Poms.properties(Page.ROOT.resolve("webchat-bom/pom.xml"));
        Map<String, String> build = Poms.properties(Page.ROOT.resolve("pom.xml"));

        assertThat(own).hasSizeGreaterThan(2);
        assertThat(build).containsAllEntriesOf(own);
    }
}
