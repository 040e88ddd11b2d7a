"""Project files: OpenRaster, which other painting programs open, with a record of our own.

    mimetype                    first and stored, `image/openraster`
    stack.xml                   the layers for other programs: the mask, half opaque, lies above
    data/picture.png            the picture with its alpha
    data/mask.png               a layer whose alpha is the mask
    mergedimage.png             how both look together, and small in Thumbnails/thumbnail.png
    maskwright/mask.png         the mask's values as they are, which is what we read
    maskwright/inpaint.json     the record: parameters, names and the digest of every other member

The same project gives the same bytes. Nothing in it says where the picture came from, and no
file that is opened is ever taken at its word: see `archive` for what a file must keep to. It is
read in the process that reads pictures (`reading`), and written by the program (`keeping`).
"""
