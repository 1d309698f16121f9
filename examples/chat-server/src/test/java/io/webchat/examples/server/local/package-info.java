@NullMarked
package io.webchat.examples.server.local;

import org.jspecify.annotations.NullMarked;
