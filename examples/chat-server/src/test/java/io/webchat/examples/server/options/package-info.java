@NullMarked
package io.webchat.examples.server.options;

import org.jspecify.annotations.NullMarked;
