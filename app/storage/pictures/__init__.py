"""Foreign bytes in, as pictures and projects: read by a process that knows nothing.

loading     the door: a path or bytes in, a picture or a project out
reading     one conversation with a reader, and `believing` what of its words counts
reader      the process, from the program's side; `door` hands memory over to it
worker      the process itself; `source` tells what it was given, `decoding` and on decode it
"""
