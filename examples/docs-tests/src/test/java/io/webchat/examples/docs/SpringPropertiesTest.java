package io.webchat.examples.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The properties of docs/spring-boot.md are those of the metadata that the compiler wrote. */
class SpringPropertiesTest {
    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (URL metadata : Collections.list(SpringPropertiesTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            for (JsonNode each : properties(metadata)) {
                String name = each.path("name").asText();
                if (name.startsWith("webchat.")) {
                    rows.put(name, row(name, each));
                }
            }
        }
        return rows;
    }

    private static JsonNode properties(URL metadata) throws IOException {
        try (InputStream in = metadata.openStream()) {
            return new ObjectMapper().readTree(in).path("properties");
        }
    }

    private static String row(String name, JsonNode property) {
        String standard = property.path("defaultValue").asText();
        return GeneratedTable.row(
                "`" + name + "`",
                standard.isEmpty() ? "" : "`" + standard + "`",
                property.path("description").asText());
    }

    @Test
    void theTableIsComplete() throws IOException {
        List<String> lines = new ArrayList<>(List.of("| property | default | meaning |", "|---|---|---|"));
        lines.addAll(rows().values());

        GeneratedTable.check("docs/spring-boot.md", "spring-properties", lines);
    }
}
